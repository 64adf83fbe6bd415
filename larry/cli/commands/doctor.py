"""`larry doctor`: what this laptop can do and what it lacks."""

from __future__ import annotations

import click
from rich.text import Text

from larry.cli.options import json_option
from larry.cli.output import answer
from larry.services.check_laptop import LaptopCheck, check_laptop

_STYLES = {"ok": "green", "warning": "yellow", "missing": "red"}
_WORDS = {"ok": "yes", "warning": "care", "missing": "no"}


@click.command()
@json_option
def command() -> None:
    """Say what this laptop can do and what it lacks. Nothing is changed or sent anywhere."""
    checks = check_laptop()
    answer({"checks": [check.to_json() for check in checks]}, _text(checks))


def _text(checks: list[LaptopCheck]) -> Text:
    text = Text()
    for number, check in enumerate(checks):
        text.append("\n" if number else "")
        text.append(f"{_WORDS[check.state]:<5}", style=_STYLES[check.state])
        text.append(f"{check.what:<14}", style="bold")
        text.append(check.detail)
        if check.remedy:
            text.append(f" {check.remedy}", style="dim")
    return text
