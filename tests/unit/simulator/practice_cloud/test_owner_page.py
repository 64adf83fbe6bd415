"""The owner's page: what is missing is said, nothing typed is trusted."""

from __future__ import annotations

import httpx
import pytest

TOKEN = {"Authorization": "Bearer practice-test"}
GOOD = {
    "first_name": "Ada",
    "last_name": "Adler",
    "password": "Adler-2026",
    "password_again": "Adler-2026",
    "accept": "yes",
}


@pytest.fixture
async def link(raw: httpx.AsyncClient) -> str:
    body = {"customer_reference": "Hotel <Adler>", "country_code": "AT", "time_zone": "UTC"}
    site_id = (await raw.post("/practice/sites", headers=TOKEN, json=body)).json()["id"]
    url = f"/practice/sites/{site_id}/owner-invitation"
    for _ in range(2):  # a repeated invitation is the same invitation, mailed again
        assert (await raw.post(url, headers=TOKEN, json={"email": "owner@example.com"})).status_code == 200
    mails = (await raw.get("/practice/mailbox")).json()["mails"]
    assert len({mail["link"] for mail in mails}) == 1
    assert len(mails) == 2
    return str(mails[0]["link"])


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"password": "Adler2026"}, "a sign that is neither letter nor digit"),
        ({"password": "Adler-Hotel"}, "two digits"),
        ({"password_again": "Adler-2027"}, "The two passwords differ."),
        ({"first_name": " "}, "First name is empty."),
        ({"accept": "no"}, "tick the box"),
    ],
)
async def test_what_is_missing_is_said(
    raw: httpx.AsyncClient, link: str, change: dict[str, str], words: str
) -> None:
    page = await raw.post(link, data=GOOD | change)
    assert page.status_code == 422
    assert words in page.text
    assert 'value="Adler"' in page.text  # what was typed stays, except the passwords
    assert "2026" not in page.text


async def test_accepting_twice_is_accepting_once(raw: httpx.AsyncClient, link: str) -> None:
    assert "has not released the site yet" in (await raw.post(link, data=GOOD)).text
    again = await raw.post(link, data=GOOD | {"first_name": "Eve"})
    assert "Welcome, Ada Adler" in again.text
    assert "Welcome, Ada Adler" in (await raw.get(link)).text


async def test_texts_are_escaped(raw: httpx.AsyncClient, link: str) -> None:
    page = await raw.post(link, data=GOOD | {"first_name": '"><script>', "accept": "no"})
    assert "<script>" not in page.text
    assert "Hotel &lt;Adler&gt;" in page.text
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]


async def test_an_unknown_invitation(raw: httpx.AsyncClient) -> None:
    for method in ("GET", "POST"):
        page = await raw.request(method, "/practice/owner/none")
        assert page.status_code == 404
        assert "not known" in page.text
