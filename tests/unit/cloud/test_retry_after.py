"""Retry-After in its two forms."""

from __future__ import annotations

import pytest

from larry.cloud.retry_after import retry_after_s


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        ("7", 7.0),
        (" 0 ", 0.0),
        ("Fri, 20 Nov 2026 12:00:30 GMT", 30.0),
        ("Fri, 20 Nov 2026 11:59:00 GMT", 0.0),
        (None, None),
        ("soon", None),
        ("-3", None),
        ("", None),
    ],
)
def test_forms(header: str | None, seconds: float | None) -> None:
    noon_s = 1_795_176_000.0  # 2026-11-20 12:00:00 UTC
    assert retry_after_s(header, noon_s) == seconds
