"""The device sheet: one row for each device, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io

from finished_site import facts_of, finished_site

from larry.handover.device_row import COLUMNS, device_rows, state_words
from larry.handover.device_sheet import device_sheet


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def test_one_row_for_each_device_in_tree_order() -> None:
    facts = facts_of()
    header, *rows = rows_of(device_sheet(facts))
    assert header == list(COLUMNS.values())
    assert [row[-1] for row in rows] == [node.id for node in facts.order]
    first_lock = rows[2]
    assert first_lock[header.index("Parent")] == "Rep 1"
    assert first_lock[header.index("IQ")] == "IQ 1"
    assert first_lock[header.index("Link margin dB")] == "14"
    assert first_lock[header.index("State")] == "online"


def test_no_name_becomes_a_formula() -> None:
    site = finished_site()
    names = ["=1+1", "+1", "-1", "@A1", "\tx", 'he said "=1"']
    for node, name in zip(list(site.walk()), names, strict=False):
        node.name = name
    _, *rows = rows_of(device_sheet(facts_of(site)))
    assert [row[0] for row in rows[:4]] == ["'=1+1", "'+1", "'-1", "'@A1"]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)


def test_the_margin_is_that_of_the_weaker_direction() -> None:
    facts = facts_of()
    by_id = {row.id: row for row in device_rows(facts)}
    assert by_id["l10"].margin_db == -61 - -75
    facts.site.set_link("r1", "l10", None)
    assert {row.id: row for row in device_rows(facts)}["l10"].margin_db is None


def test_states_in_words() -> None:
    facts = facts_of(records={})
    assert {state_words(facts, node) for node in facts.order} == {"planned"}
    facts.site.move_node("l10", None)
    assert state_words(facts, facts.site.nodes["l10"]) == "not placed"
