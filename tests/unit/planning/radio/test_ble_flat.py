"""The model on readings nobody here made: two receivers predict two others in a furnished flat.

M. Kolakowski, "BLE RSS dataset for fingerprinting radio map calibration", 2021,
doi 10.5281/zenodo.5457591, CC BY 4.0; read where it is, no copy in this repository.
"""

from __future__ import annotations

import csv
from itertools import combinations, pairwise
from math import sqrt
from pathlib import Path

import pytest

from larry.domain.hardware import Floor, Link, Node, SiteInfo, Wall
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.services.radio_model import fit_site_radio, link_levels, load_radio_priors

FLAT = Path(__file__).resolve().parents[5] / "shared/data/ble-flat"
RECEIVERS = ("1", "2", "3", "4")
TAG_HEIGHT_M = 1.2

pytestmark = pytest.mark.skipif(not FLAT.is_dir(), reason="the data set is not beside this repository")


def rows(name: str) -> list[dict[str, str]]:
    with (FLAT / name).open(newline="") as file:
        return list(csv.DictReader(file))


def flat(heard_by: tuple[str, ...]) -> Site:
    """The flat with its walls, all receivers and tags, and the links of some receivers."""
    site = Site(SiteInfo("Flat"))
    corners = [(float(row["x_m"]), float(row["y_m"])) for row in rows("layout.csv")]
    walls = tuple(Wall(*one, *two) for one, two in pairwise(corners))
    site.set_floors([Floor("f0", "Flat", walls=walls)])
    for row in rows("anchors.csv"):
        place = float(row["x_m"]), float(row["y_m"]), float(row["z_m"])
        site.insert_node(
            Node(
                f"a{row['anchor']}",
                Kind.IQ,
                name=row["anchor"],
                floor="f0",
                x_m=place[0],
                y_m=place[1],
                z_m=place[2],
            )
        )
    for number, row in enumerate(rows("points.csv")[::4]):
        tag = Node(
            f"t{number}",
            Kind.LOCK,
            floor="f0",
            x_m=float(row["x_m"]),
            y_m=float(row["y_m"]),
            z_m=TAG_HEIGHT_M,
        )
        site.insert_node(tag)
        for receiver in heard_by:
            level = row[f"rssi_{receiver}_dbm"]
            if level:
                ends = tag.id, f"a{receiver}"
                site.set_link(*ends, Link(*ends, float(level)))
    return site


def test_receivers_never_heard_are_predicted() -> None:
    """Over all ways to leave two of four out: at most 6.1 dB, and nine of ten readings in the interval."""
    priors = load_radio_priors()
    squares: list[float] = []
    inside: list[bool] = []
    truth = flat(RECEIVERS)
    for known in combinations(RECEIVERS, 2):
        model = fit_site_radio(flat(known), priors)
        unseen = [(a, b) for a, b in truth.links if b[1:] not in known]
        for level in link_levels(truth, model, priors, unseen):
            assert level.measured_dbm is not None
            squares.append((level.measured_dbm - level.predicted_dbm) ** 2)
            inside.append(level.low_dbm <= level.measured_dbm <= level.high_dbm)
        rmse = sqrt(sum(squares[-len(unseen) :]) / len(unseen))

        assert rmse <= 6.5
    assert sqrt(sum(squares) / len(squares)) <= 6.1
    assert 0.85 <= sum(inside) / len(inside) <= 0.95
