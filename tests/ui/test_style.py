"""Tokens keep AA contrast, icons exist, fonts are the bundled ones."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo, QPalette

from larry.resource_paths import resource_path
from ui.style.contrast import contrast
from ui.style.fonts import font
from ui.style.icons import icon
from ui.style.theme import theme
from ui.style.tokens import LOOKS

UI = Path(__file__).resolve().parents[2] / "ui"
GROUNDS = ("bg", "surface", "sunken")
SOFT = ("accent_soft", "error_soft", "warn_soft", "ok_soft", "info_soft")


@pytest.mark.parametrize("name", LOOKS)
def test_text_has_aa_contrast_on_every_ground(name: str) -> None:
    look = LOOKS[name]
    for ink, ground in product(("text", "text2", "text3"), (*GROUNDS, *SOFT, "hover")):
        assert contrast(getattr(look, ink), getattr(look, ground)) >= 4.5, (ink, ground)
    for ink in ("accent", "error", "warn", "ok", "info"):
        for ground in (*GROUNDS, f"{ink}_soft"):
            assert contrast(getattr(look, ink), getattr(look, ground)) >= 4.5, (ink, ground)
    assert contrast(look.on_accent, look.accent) >= 4.5
    assert contrast(look.on_accent, look.accent_hover) >= 4.5


@pytest.mark.parametrize("name", LOOKS)
def test_controls_and_links_have_contrast_three(name: str) -> None:
    look = LOOKS[name]
    for ink, ground in product(("control", "link_good", "link_fair", "link_weak"), ("bg", "surface")):
        assert contrast(getattr(look, ink), getattr(look, ground)) >= 3, (ink, ground)


def test_contrast_is_measured_as_wcag_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


def test_every_icon_named_in_the_code_is_bundled(dressed) -> None:
    bundled = {path.stem for path in resource_path("icons").glob("*.svg")}
    named = set()
    for path in UI.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'\bicon(?:_name)?\s*=\s*"([a-z0-9-]+)"', text))
        named |= set(re.findall(r'\b(?:icon|paint_icon)\((?:painter, )?"([a-z0-9-]+)"', text))
    assert named, "the patterns no longer find any icon"
    assert named <= bundled, named - bundled
    assert (resource_path("icons") / "LICENSE").is_file()


def test_no_icon_is_bundled_for_nothing() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in UI.rglob("*.py"))
    unused = [path.stem for path in resource_path("icons").glob("*.svg") if f'"{path.stem}"' not in code]
    assert not unused


def test_an_icon_is_painted_in_the_colour_of_the_look(dressed) -> None:
    for name in ("light", "dark"):
        theme().set_mode(name)
        picture = icon("circle", "accent").pixmap(QSize(32, 32)).toImage()
        inks = {
            picture.pixelColor(x, y).name()
            for x in range(32)
            for y in range(32)
            if picture.pixelColor(x, y).alpha() == 255
        }
        assert LOOKS[name].accent.lower() in inks
    theme().set_mode("light")


def test_the_bundled_inter_is_used(dressed) -> None:
    assert QFontInfo(font("base")).family().startswith("Inter")
    assert QFontInfo(font("display")).family().startswith("Inter Display")
    assert (resource_path("fonts") / "OFL.txt").is_file()


def test_the_look_can_be_changed(dressed) -> None:
    theme().set_mode("dark")
    assert dressed.palette().color(QPalette.ColorRole.Window).name() == LOOKS["dark"].bg.lower()
    theme().set_mode("light")
    assert dressed.palette().color(QPalette.ColorRole.Window).name() == LOOKS["light"].bg.lower()
