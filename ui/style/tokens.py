"""The tokens of the look: every colour, size and radius of the window stands here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tokens:
    """The colours of one look, as `#RRGGBB`. `*_soft` are fills that carry text."""

    name: str
    bg: str
    surface: str
    sunken: str
    text: str
    text2: str
    text3: str
    accent: str
    accent_hover: str
    on_accent: str
    error: str
    warn: str
    ok: str
    info: str
    accent_soft: str
    error_soft: str
    warn_soft: str
    ok_soft: str
    info_soft: str
    border: str
    control: str
    hover: str
    link_good: str
    link_fair: str
    link_weak: str
    shadow: str

    @property
    def is_dark(self) -> bool:
        """True for the dark look."""
        return self.name == "dark"


LIGHT = Tokens(
    name="light",
    bg="#F5F6F8",
    surface="#FFFFFF",
    sunken="#ECEEF2",
    text="#15181E",
    text2="#454D5A",
    text3="#5F6775",
    accent="#4447C9",
    accent_hover="#3A3DB4",
    on_accent="#FFFFFF",
    error="#B3261E",
    warn="#855100",
    ok="#12663F",
    info="#1B5E8C",
    accent_soft="#ECECFB",
    error_soft="#FCEBE9",
    warn_soft="#FDF1D9",
    ok_soft="#E2F3E9",
    info_soft="#E5F1F8",
    border="#DDE1E7",
    control="#838B98",
    hover="#F0F1F5",
    link_good="#0B6FDA",
    link_fair="#9A7400",
    link_weak="#B8145B",
    shadow="#15181E",
)

DARK = Tokens(
    name="dark",
    bg="#111317",
    surface="#191C21",
    sunken="#0C0E11",
    text="#EEF0F4",
    text2="#BAC1CC",
    text3="#98A1AF",
    accent="#A3A6FF",
    accent_hover="#B7B9FF",
    on_accent="#14152E",
    error="#FF9A8F",
    warn="#F2BC57",
    ok="#6FD3A0",
    info="#7CC4EE",
    accent_soft="#26284A",
    error_soft="#3B1D1B",
    warn_soft="#35280F",
    ok_soft="#13301F",
    info_soft="#12293A",
    border="#2C3139",
    control="#6F7885",
    hover="#22262D",
    link_good="#4DA3FF",
    link_fair="#FACF42",
    link_weak="#E0407A",
    shadow="#000000",
)

LOOKS = {look.name: look for look in (LIGHT, DARK)}

# Space, in pixels at 100 %.
SPACE_XS, SPACE_S, SPACE_M, SPACE_L, SPACE_XL, SPACE_XXL = 4, 8, 12, 16, 24, 32
# Radius.
RADIUS_KEY, RADIUS_CONTROL, RADIUS_NOTE, RADIUS_CARD, RADIUS_WALK = 4, 6, 8, 10, 14
# Rows and targets: 28 px with a gap of 4 at the desk.
ROW_HEIGHT, TARGET = 32, 28
NEARBY_WIDTH, INSPECTOR_WIDTH = 276, 332
NARROW_NEARBY_WIDTH, NARROW_INSPECTOR_WIDTH = 248, 288
