"""The site document as it may be given away: nothing in it may look like a secret.

Larry keeps its own secrets elsewhere; what remains are keys of other programs, imported with the site.
"""

from __future__ import annotations

import re
from typing import Any

_SECRET_KEY = re.compile(
    r"passw|passphrase|psk|secret|token|credential|activation.?code|private.?key|(?:^|[_ -])(?:pin|otp)$",
    re.IGNORECASE,
)


def shareable(document: Any) -> tuple[Any, list[str]]:
    """Return a JSON document without entries whose key sounds secret, and where such entries were."""
    left_out: list[str] = []
    return _without(document, "", left_out), left_out


def _without(value: Any, place: str, left_out: list[str]) -> Any:
    if isinstance(value, list):
        return [_without(each, f"{place}[{number}]", left_out) for number, each in enumerate(value)]
    if not isinstance(value, dict):
        return value
    kept = {}
    for key, each in value.items():
        here = f"{place}.{key}" if place else key
        if _SECRET_KEY.search(key) and each not in (None, ""):
            left_out.append(here)
        else:
            kept[key] = _without(each, here, left_out)
    return kept
