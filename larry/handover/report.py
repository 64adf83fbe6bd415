"""The report: a tagged PDF/A-2b made by typst from `resources/report`."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from larry.errors import InputError
from larry.handover.checklist import Checklist
from larry.handover.printable_text import with_covered_letters, without_controls
from larry.handover.redaction import OWNER
from larry.handover.report_data import report_data
from larry.handover.site_facts import SiteFacts
from larry.resource_paths import resource_path


def build_report(facts: SiteFacts, checklist: Checklist, *, draft: bool, audience: str = OWNER) -> bytes:
    """Return the report as PDF; the same facts give the same bytes.

    Raises:
        InputError: typst cannot be used here, or its templates are damaged.
    """
    return render_report(report_data(facts, checklist, draft=draft, audience=audience), facts.made_at)


def render_report(data: dict[str, Any], made_at: str) -> bytes:
    """Render report data; `made_at` (ISO 8601 UTC) becomes the date inside the PDF.

    Letters the bundled fonts lack are taken from the computer's fonts, or else shown as hollow squares.

    Raises:
        InputError: typst cannot be used here, or its templates are damaged.
    """
    data = without_controls(data)
    tries = ((data, False), (data, True), (with_covered_letters(data), False))
    for number, (values, system_fonts) in enumerate(tries, 1):
        try:
            return _compile(values, made_at, system_fonts)
        except _LetterMissingError:
            if number == len(tries):
                raise
    raise AssertionError("the loop returns or raises")


class _LetterMissingError(InputError):
    """No font at hand has a letter of the text."""


def _compile(data: dict[str, Any], made_at: str, system_fonts: bool) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise InputError(
            "The report cannot be made: typst is not installed.", remedy="Run packaging/start to set it up."
        ) from error
    folder = resource_path("report")
    try:
        pdf = typst.compile(
            str(folder / "report.typ"),
            root=str(folder),
            font_paths=[str(resource_path("fonts"))],
            ignore_system_fonts=not system_fonts,
            format="pdf",
            pdf_standards=["a-2b", "ua-1"],
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            timestamp=datetime.fromisoformat(made_at.replace("Z", "+00:00")),
        )
    except typst.TypstError as error:
        family = _LetterMissingError if "could not be displayed" in error.message else InputError
        raise family("The report cannot be made.", why=f"typst: {error.message}.") from error
    assert isinstance(pdf, bytes)
    return pdf
