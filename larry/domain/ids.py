"""Identifiers of the field: how they are written, normalised and judged (domain.md 3)."""

from __future__ import annotations

import re

_FORMS = {
    "bluenet": re.compile(r"[0-9A-F]{14}"),
    "dotted": re.compile(r"[0-9A-F]{2}\.[0-9A-F]{2}\.[0-9A-F]{2}"),
    "short": re.compile(r"[0-9A-F]{8}"),
}
_SITE_UID = re.compile(r"[A-Z]{2}[0-9]{9,10}")
_SEPARATORS = re.compile(r"[\s:\-_]+")


def normalise_device_id(text: str) -> str:
    """Return a Device ID (or KS MAC) as Larry compares it: upper case, no blanks, colons or dashes.

    Dots belong to the `NN.NN.NN` form and stay. Nothing is rejected: an unknown form is kept.
    """
    return _SEPARATORS.sub("", text).upper()


def device_id_form(text: str) -> str | None:
    """Name the published form of a Device ID: `bluenet` (14 hex), `dotted`, `short` (8 hex), or None."""
    normal = normalise_device_id(text)
    return next((name for name, form in _FORMS.items() if form.fullmatch(normal)), None)


def normalise_activation_code(text: str) -> str:
    """Return an activation code as it is used: trimmed and upper case.

    Its form is not public, so no form is ever refused; the code is a secret.
    """
    return "".join(text.split()).upper()


def is_site_uid(text: str) -> bool:
    """Tell whether a site UID has the published form: two letters and 9 or 10 digits."""
    return _SITE_UID.fullmatch(text.strip().upper()) is not None
