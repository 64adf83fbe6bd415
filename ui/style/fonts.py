"""Inter, bundled: loaded at start, used in the sizes of the design."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontDatabase

from larry.resource_paths import resource_path

FAMILY = "Inter"
DISPLAY_FAMILY = "Inter Display"
_FILES = ("Inter-Regular", "Inter-Medium", "Inter-SemiBold", "Inter-Bold", "InterDisplay-SemiBold")
# role: pixel size, weight, display cut
_ROLES: dict[str, tuple[int, QFont.Weight, bool]] = {
    "small": (12, QFont.Weight.Normal, False),
    "small-medium": (12, QFont.Weight.Medium, False),
    "small-strong": (12, QFont.Weight.DemiBold, False),
    "base": (13, QFont.Weight.Normal, False),
    "medium": (13, QFont.Weight.Medium, False),
    "strong": (13, QFont.Weight.DemiBold, False),
    "body": (14, QFont.Weight.Normal, False),
    "body-medium": (14, QFont.Weight.Medium, False),
    "body-strong": (14, QFont.Weight.DemiBold, False),
    "heading": (15, QFont.Weight.DemiBold, False),
    "title": (20, QFont.Weight.DemiBold, True),
    "headline": (24, QFont.Weight.DemiBold, True),
    "display": (28, QFont.Weight.DemiBold, True),
    "walk": (46, QFont.Weight.DemiBold, True),
}
_loaded: list[int] = []


def load_fonts() -> None:
    """Register the bundled fonts once."""
    if _loaded:
        return
    folder = resource_path("fonts")
    for name in _FILES:
        _loaded.append(QFontDatabase.addApplicationFont(str(folder / f"{name}.otf")))


def font(role: str = "base", *, size_px: int | None = None) -> QFont:
    """Return the font of a role: small, base, medium, strong, body, heading, title, display, walk …

    Figures are tabular everywhere: numbers stand below each other and do not jump.
    """
    size, weight, display = _ROLES[role]
    result = QFont(DISPLAY_FAMILY if display else FAMILY)
    result.setPixelSize(size_px or size)
    result.setWeight(weight)
    result.setFeature(QFont.Tag.fromString("tnum"), 1)
    result.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    return result


def base_font() -> QFont:
    """Return the font of ordinary text."""
    return font("base")
