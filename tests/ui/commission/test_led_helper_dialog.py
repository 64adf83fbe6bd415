"""The LED helper: every light of the table can be chosen and says what it means; motion can be stopped."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from larry.services.led_helper import led_rows
from ui.components.led_light import blink_clock, lit_colour
from ui.dialogs.led_helper import KINDS, LedHelper


@pytest.fixture
def helper(dressed: QApplication) -> Iterator[LedHelper]:
    """The dialog on the screen."""
    dialog = LedHelper()
    dialog.show()
    yield dialog
    blink_clock().set_moving(True)
    dialog.close()
    dialog.deleteLater()
    QApplication.processEvents()


@pytest.mark.parametrize("kind", KINDS)
def test_every_light_says_what_it_means(helper: LedHelper, kind: str) -> None:
    helper.choose_kind(kind)
    rows = led_rows(kind)
    assert [tile.text() for tile in helper.tiles[:-1]] == [row.sees for row in rows]
    for tile, row in zip(helper.tiles, rows, strict=False):
        tile.click()
        assert helper.meaning.means.text() == row.means
        assert helper.meaning.next_step.text() == row.next_step
        assert row.means in helper.meaning.accessibleName()


def test_a_light_reported_by_a_device_is_found(helper: LedHelper) -> None:
    helper.choose_kind("iq")
    helper.choose("red", "blinking")
    assert helper.meaning.means.text() == "The IQ found the network and is connecting."
    assert next(tile.text() for tile in helper.tiles if tile.isChecked()) == "Red, flashing"


def test_something_else_does_not_pretend(helper: LedHelper) -> None:
    helper.tiles[-1].click()
    assert "not in the published table" in helper.meaning.means.text()
    assert helper.meaning.source.text() == ""


def test_blinking_can_be_stopped(helper: LedHelper) -> None:
    helper.still.setChecked(True)
    assert not blink_clock().moving
    helper.still.setChecked(False)
    assert blink_clock().moving


def test_rhythms() -> None:
    assert lit_colour("red", "flashing", 0.2) == "red"
    assert lit_colour("red", "flashing", 0.7) is None
    assert lit_colour("green", "every-second", 0.1) == "green"
    assert lit_colour("green", "every-second", 0.5) is None
    assert {lit_colour("red-green-blue", "cycle", at) for at in (0.1, 0.8, 1.6)} == {"red", "green", "blue"}
    assert lit_colour("blue", "solid", 5.0) == "blue"
    assert lit_colour("off", "off", 0.0) is None
    assert lit_colour("red", "flashing", None) == "red"


def test_it_opens_from_the_stage_for_the_device_in_view(plain: Any) -> None:
    plain.workspace.select("l1")
    plain.workspace.actions["led"].trigger()
    helper = plain.window.findChild(LedHelper)
    assert helper.isVisible()
    assert helper.kind() == "lock"
