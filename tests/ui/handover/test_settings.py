"""Settings that do something: the name beside the edits and in the report, the look at once."""

from __future__ import annotations

from PySide6.QtTest import QTest

from larry.domain.edits import SetNode
from ui.dialogs.settings import SettingsDialog
from ui.style.theme import theme


def test_the_name_stands_beside_the_next_edit_and_is_remembered(open_stage) -> None:
    bench = open_stage(None)
    bench.loop.do(bench.window.book["settings"].trigger)
    dialog = bench.window.findChild(SettingsDialog)
    bench.loop.do(lambda: QTest.keyClicks(dialog.name, "  Locksmith   Huber "))
    bench.loop.do(dialog.done_button.click)
    bench.project.do(SetNode("l10", "name", "Suite"), "Rename Room 101")
    assert bench.project.history(1)[0].who == "Locksmith Huber"
    assert bench.window.memory.text("person/name") == "Locksmith Huber"


def test_without_a_name_nobody_is_named(open_stage) -> None:
    bench = open_stage(None)
    bench.window._set_name("")
    assert bench.project.who == "Installer"


def test_the_look_changes_at_once(open_stage) -> None:
    bench = open_stage(None)
    before = theme().mode
    bench.loop.do(bench.window.settings)
    dialog = bench.window.findChild(SettingsDialog)
    try:
        bench.loop.do(dialog.look._buttons["dark"].click)
        assert theme().tokens.is_dark
        assert bench.window.memory.text("window/look") == "dark"
    finally:
        bench.loop.do(dialog.close)
        theme().set_mode(before)
