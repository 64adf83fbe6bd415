"""Texts of a site as the report can print them: the bundled fonts know Latin, Greek and Cyrillic."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any

MISSING = "\u25a1"  # a hollow square, as for any letter a font lacks
_COVERED = ((0x0020, 0x024F), (0x0370, 0x052F), (0x1E00, 0x1FFF), (0x2010, 0x2027), (0x20A0, 0x20BF))
_SIGNS = frozenset("−–—…→↑↓±×°²³µ≤≥≈■□▲◆○●✓")


def without_controls(data: Any) -> Any:
    """Return JSON values with all control and unpaired characters taken out of their texts."""
    return _map_texts(data, lambda text: "".join(each for each in text if _is_text(each)))


def with_covered_letters(data: Any) -> Any:
    """Return JSON values with every letter the bundled fonts may lack replaced by a hollow square."""
    return _map_texts(data, lambda text: "".join(each if _is_covered(each) else MISSING for each in text))


def _is_text(letter: str) -> bool:
    return unicodedata.category(letter) not in {"Cc", "Cs", "Cn", "Co"}


def _is_covered(letter: str) -> bool:
    return letter in _SIGNS or any(low <= ord(letter) <= high for low, high in _COVERED)


def _map_texts(data: Any, change: Callable[[str], str]) -> Any:
    if isinstance(data, str):
        return change(data)
    if isinstance(data, list | tuple):
        return [_map_texts(each, change) for each in data]
    if isinstance(data, dict):
        return {key: _map_texts(value, change) for key, value in data.items()}
    return data
