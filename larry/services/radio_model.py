"""The radio model of a project: the default one, or fitted to the links that were measured."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from larry.domain.hardware import Node
from larry.domain.site import Site
from larry.errors import InputError
from larry.planning.radio.radio_model import RadioModel
from larry.planning.radio.radio_path import radio_path
from larry.planning.radio.radio_priors import RadioPriors
from larry.resource_paths import resource_path


@dataclass(frozen=True, slots=True)
class LinkLevel:
    """What is predicted for two devices, beside what was measured (the weaker direction)."""

    a: str
    b: str
    predicted_dbm: float
    low_dbm: float
    high_dbm: float
    walls: int
    floors: int
    distance_m: float
    measured_dbm: float | None

    def to_json(self) -> dict[str, Any]:
        """Return the contract's JSON object; levels to a tenth of a dB."""
        return {
            "a": self.a,
            "b": self.b,
            "predicted_dbm": round(self.predicted_dbm, 1),
            "low_dbm": round(self.low_dbm, 1),
            "high_dbm": round(self.high_dbm, 1),
            "walls": self.walls,
            "floors": self.floors,
            "distance_m": round(self.distance_m, 2),
            "measured_dbm": self.measured_dbm,
        }


def load_radio_priors() -> RadioPriors:
    """Return the default figures.

    Raises:
        InputError: the file of figures cannot be used.
    """
    try:
        return RadioPriors.of(tomllib.loads(resource_path("radio/indoor-2ghz4.toml").read_text("utf-8")))
    except (OSError, KeyError, ValueError) as error:
        raise InputError("The figures of the radio model cannot be used.", why=str(error)) from error


def fit_site_radio(site: Site, priors: RadioPriors) -> RadioModel:
    """Return the model fitted to the site's measured links; the default one when there are none."""
    from larry.planning.radio.fit_radio import RadioReading, cell_of, fit_radio

    readings: list[RadioReading] = []
    for a, b, level in _directions(site):
        path = radio_path(site, priors, a, b)
        if path is not None:
            # The end that stands elsewhere in each reading tells them apart.
            mobile = min(a, b, key=lambda node: (len(site.links_of(node.id)), node.id))
            readings.append(RadioReading(b.id, a.id, level, path, cell_of(mobile.x_m, mobile.y_m)))
    return fit_radio(readings, priors)


def link_levels(
    site: Site, model: RadioModel, priors: RadioPriors, pairs: Sequence[tuple[str, str]] = ()
) -> list[LinkLevel]:
    """Return the levels of named pairs, else of every link of the site whose ends have positions.

    Raises:
        InputError: a named device does not exist or has no position.
    """
    asked = [(_find(site, a), _find(site, b)) for a, b in pairs]
    chosen = asked or [(site.nodes[link.a], site.nodes[link.b]) for link in site.links.values()]
    levels: list[LinkLevel] = []
    for a, b in chosen:
        path = radio_path(site, priors, a, b)
        if path is None:
            if asked:
                raise InputError(f"{a.name or a.id} or {b.name or b.id} has no position.")
            continue
        said = model.predict(path, a.id, b.id)
        link = site.link_between(a.id, b.id)
        levels.append(
            LinkLevel(
                a.id,
                b.id,
                said.dbm,
                said.low_dbm,
                said.high_dbm,
                path.walls,
                path.floors,
                path.distance_m,
                link.weaker_dbm if link else None,
            )
        )
    return levels


def _directions(site: Site) -> Iterator[tuple[Node, Node, float]]:
    """Yield sender, receiver and level of every measured direction."""
    for link in site.links.values():
        a, b = site.nodes[link.a], site.nodes[link.b]
        if link.rssi_ab_dbm is not None:
            yield a, b, link.rssi_ab_dbm
        if link.rssi_ba_dbm is not None:
            yield b, a, link.rssi_ba_dbm


def _find(site: Site, name: str) -> Node:
    if name in site.nodes:
        return site.nodes[name]
    named = [node for node in site.nodes.values() if node.name.casefold() == name.casefold()]
    if len(named) != 1:
        found = "No device is" if not named else f"{len(named)} devices are"
        raise InputError(f"{found} called {name}.", remedy="Give the id, which `larry export` writes.")
    return named[0]
