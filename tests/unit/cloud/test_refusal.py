"""Both published error shapes are understood, at any HTTP status."""

from __future__ import annotations

from typing import Any

import pytest

from larry.cloud.refusal import find_refusal


@pytest.mark.parametrize(
    ("status", "kind", "body", "code"),
    [
        (400, "application/json", {"ErrorCode": 1501, "Message": "Activation code invalid"}, "1501"),
        (400, "application/json", {"ErrorCode": "2208", "Message": None}, "2208"),
        (200, "application/json", {"ErrorCode": 2211, "Message": "x"}, "2211"),
        (400, "application/problem+json", {"type": "https://e.example/errors/2204", "status": 400}, "2204"),
        (400, "application/problem+json", {"type": "about:blank", "code": 2209}, "2209"),
        (400, "application/problem+json", {"type": "about:blank", "errorCode": "3105"}, "3105"),
        (400, "application/problem+json", {"type": "https://tools.example/html/rfc7231"}, ""),
        (403, "application/json", None, "2203"),
        (404, "application/problem+json", {"type": "about:blank", "title": "Not Found"}, "2202"),
        (401, "text/plain", None, "1500"),
        (418, "application/json", {"hello": 1}, ""),
    ],
)
def test_code(status: int, kind: str, body: Any, code: str) -> None:
    refusal = find_refusal(status, kind, body)
    assert refusal is not None
    assert (refusal.status, refusal.code) == (status, code)


@pytest.mark.parametrize(
    "body", [None, [], {}, {"id": "a", "code": 1234, "type": "x/4201"}, {"ErrorCode": 0}, {"ErrorCode": None}]
)
def test_a_good_answer_is_no_refusal(body: Any) -> None:
    assert find_refusal(200, "application/json", body) is None


def test_a_refusal_without_code_says_its_status() -> None:
    refusal = find_refusal(418, "application/json", {})
    assert refusal is not None
    error = refusal.error("Nothing done.")
    assert error.code == "HTTP 418"
    assert "HTTP 418" in error.why
