"""`devices.csv`: one row for each device, for people with a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import Any

from larry.handover.device_row import COLUMNS, device_rows
from larry.handover.site_facts import SiteFacts

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def device_sheet(facts: SiteFacts) -> bytes:
    """Return the sheet: UTF-8 with a byte order mark (spreadsheets need it), comma, CRLF, tree order."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for row in device_rows(facts):
        values = row.to_json()
        writer.writerow([_cell(values[key]) for key in COLUMNS])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:g}"
    text = str(value)
    # A name must never become a formula in the owner's spreadsheet.
    if isinstance(value, str) and text.startswith(_FORMULA_STARTS):
        return f"'{text}"
    return text
