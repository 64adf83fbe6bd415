"""`larry radio` as a script types it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from small_site import small_site

from larry.storage.exchange_json import write_exchange_json


def test_every_link_has_a_level_and_an_interval(larry: Any, tmp_path: Path) -> None:
    """The contract's keys, from the default and from the fitted model."""
    file = tmp_path / "site.json"
    write_exchange_json(small_site(), file)
    default = larry("radio", file, "--json")
    fitted = larry("radio", file, "--fit", "--json")
    assert (default.code, fitted.code) == (0, 0)
    (link,) = fitted.json["links"]
    assert (link["a"], link["b"], link["measured_dbm"], link["walls"]) == ("r1", "l1", -63.0, 0)
    assert link["low_dbm"] < link["predicted_dbm"] < link["high_dbm"]
    assert not default.json["model"]["fitted"]
    assert fitted.json["model"]["readings"] == 2
    assert "P.1238" in fitted.json["model"]["sources"]["exponent"]


def test_pairs_need_no_link(larry: Any, tmp_path: Path) -> None:
    """Two devices by id or name; an unknown one is wrong use."""
    file = tmp_path / "site.json"
    write_exchange_json(small_site(), file)
    ran = larry("radio", file, "--pair", "iq1", "Room 102", "--json")
    assert [(link["b"], link["measured_dbm"]) for link in ran.json["links"]] == [("l2", None)]
    assert larry("radio", file, "--pair", "iq1", "nobody").code == 2
    assert "Room 102" in larry("radio", file, "--pair", "iq1", "l2").out
