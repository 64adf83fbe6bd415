"""The token travels by https only, except inside this computer, and to one host only."""

from __future__ import annotations

import pytest

from larry.cloud.host import CloudHost
from larry.errors import InputError


@pytest.mark.parametrize(
    ("given", "origin", "practice"),
    [
        ("https://cloud.example.com", "https://cloud.example.com", False),
        ("http://cloud.example.com", "https://cloud.example.com", False),
        ("http://cloud.example.com:80/", "https://cloud.example.com", False),
        ("http://192.0.2.7:8080", "https://192.0.2.7:8080", False),
        ("http://localhost.example.com", "https://localhost.example.com", False),
        ("http://127.0.0.1:8080/", "http://127.0.0.1:8080", True),
        ("http://localhost:1", "http://localhost:1", True),
        ("http://[::1]:81", "http://[::1]:81", True),
        ("https://127.0.0.1:1", "https://127.0.0.1:1", True),
    ],
)
def test_scheme(given: str, origin: str, practice: bool) -> None:
    host = CloudHost.from_url(given)
    assert (host.origin, host.practice) == (origin, practice)


def test_a_path_stays_before_every_route() -> None:
    assert (
        CloudHost.from_url("https://x.example/api/").url("/v1.2/sites") == "https://x.example/api/v1.2/sites"
    )


@pytest.mark.parametrize(
    "link",
    [
        "http://cloud.example.com/v1.2/sites?$skip=20",
        "https://inner-7.example.net:8443/v1.2/sites?$skip=20",
        "/v1.2/sites?$skip=20",
        "?$skip=20",
        "//evil.example.org/v1.2/sites?$skip=20",
    ],
)
def test_links_are_followed_on_the_own_host_only(link: str) -> None:
    host = CloudHost.from_url("https://cloud.example.com")
    assert host.own_url(link, host.url("/v1.2/sites")) == "https://cloud.example.com/v1.2/sites?$skip=20"


@pytest.mark.parametrize(
    "url", ["", "cloud", "ftp://x.example", "https://", "https://u:p@x.example", "http://[::1"]
)
def test_other_texts_are_no_address(url: str) -> None:
    with pytest.raises(InputError) as caught:
        CloudHost.from_url(url)
    assert caught.value.remedy
    assert "u:p" not in str(caught.value)
