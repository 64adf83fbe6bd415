"""Both published password rules at once."""

from __future__ import annotations

import pytest

from larry.cloud.owner_password import password_problems


@pytest.mark.parametrize(
    ("password", "missing"),
    [
        ("Adler-2026", []),
        ("Ädler 42", []),
        ("Adler2026", ["a sign that is neither letter nor digit"]),
        ("Adler-Hotel", ["two digits"]),
        ("adler-2026", ["a capital letter"]),
        ("ADLER-2026", ["a small letter"]),
        ("Ad-2026", ["at least 8 characters"]),
        ("Adler-no1!", ["two digits"]),
    ],
)
def test_rule(password: str, missing: list[str]) -> None:
    assert password_problems(password) == missing


def test_an_empty_password_misses_everything() -> None:
    assert len(password_problems("")) == 5
