"""`larry radio`: what devices will hear of each other, and how sure that is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
from rich.table import Table

from larry.cli.options import file_argument, json_option
from larry.cli.output import answer
from larry.planning.radio.radio_model import RadioModel
from larry.planning.radio.radio_priors import RadioPriors
from larry.services.radio_model import LinkLevel, fit_site_radio, link_levels, load_radio_priors
from larry.services.read_site import read_site


@click.command()
@file_argument
@click.option("--fit", is_flag=True, help="Fit the model to the links measured in FILE.")
@click.option("--pair", "pairs", nargs=2, multiple=True, metavar="A B", help="Two devices, by id or name.")
@json_option
def command(file: Path, fit: bool, pairs: tuple[tuple[str, str], ...]) -> None:
    """Predict the level in dBm of every link of FILE, or of named pairs, with a 90 % interval."""
    priors = load_radio_priors()
    with read_site(file) as view:
        model = fit_site_radio(view.site, priors) if fit else RadioModel.default(priors)
        levels = link_levels(view.site, model, priors, pairs)
        names = {node.id: node.name or node.id for node in view.site.walk()}
    data = {"model": _model_json(model, priors), "links": [level.to_json() for level in levels]}
    answer(data, _table(levels, names))


def _model_json(model: RadioModel, priors: RadioPriors) -> dict[str, Any]:
    names = ("level_at_1_m_dbm", "exponent", "wall_scale", "floor_scale")
    return {
        "fitted": model.readings > 0,
        "readings": model.readings,
        "parameters": {
            name: {"value": round(mean, 3), "spread": round(model.covariance[k][k] ** 0.5, 3)}
            for k, (name, mean) in enumerate(zip(names, model.means, strict=True))
        },
        "reading_spread_db": round(model.reading_db, 2),
        "device_spread_db": round(model.device_db, 2),
        "sources": dict(priors.sources),
    }


def _table(levels: list[LinkLevel], names: dict[str, str]) -> Table | str:
    if not levels:
        return "No link of two devices with positions."
    table = Table("From", "To", "Predicted", "90 % between", "Walls", "Measured")
    for level in levels:
        measured = "" if level.measured_dbm is None else f"{level.measured_dbm:g} dBm"
        table.add_row(
            names[level.a],
            names[level.b],
            f"{level.predicted_dbm:.0f} dBm",
            f"{level.low_dbm:.0f} and {level.high_dbm:.0f}",
            str(level.walls),
            measured,
        )
    return table
