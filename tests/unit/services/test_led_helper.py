"""The LED table is complete, unambiguous, and written in the words of the product."""

from __future__ import annotations

import re

import pytest

from larry.services.led_helper import led_rows, what_it_means
from larry.simulator.world import led

# domain.md section 4, row by row: what a reader of that table must find again in the meaning or next step.
DOMAIN_ROWS = [
    ("iq", "green", "heartbeat", "all is well", "Green heartbeat"),
    ("iq", "green", "every-second", "2 minutes", "hold reset 2 s"),
    ("iq", "green", "solid", "connected", ""),
    ("iq", "red", "solid", "no network", "40001"),
    ("iq", "red", "flashing", "connecting", "802.1X"),
    ("iq", "purple", "solid", "subscription", "restore"),
    ("iq", "purple", "solid", "no site yet", "add it to the site"),
    ("iq", "purple", "flashing", "RFnet", "support"),
    ("iq", "blue", "solid", "rebooting; over 10 minutes", "factory reset, then support"),
    ("iq", "blue", "flashing", "firmware", "leave the power on"),
    ("iq", "white", "solid", "initialisation", "off and on"),
    ("iq", "red-green-blue", "cycle", "reset", "restore"),
    ("repeater", "red", "solid", "factory mode", "reset button"),
    ("lock", "orange", "flashing", "linking", "wait for green"),
    ("lock", "orange-green", "cycle", "linked", ""),
    ("lock", "green", "solid", "online", ""),
    ("lock", "red", "solid", "offline", ""),
]


@pytest.mark.parametrize(("kind", "colour", "pattern", "means", "next_step"), DOMAIN_ROWS)
def test_every_row_of_the_domain_is_answered(
    kind: str, colour: str, pattern: str, means: str, next_step: str
) -> None:
    row = what_it_means(kind, colour, pattern)
    assert row.known
    assert means.lower() in row.means.lower()
    assert next_step.lower() in row.next_step.lower()


def test_no_light_has_two_meanings() -> None:
    seen: dict[tuple[str, str, str], str] = {}
    for kind in ("iq", "repeater", "lock"):
        for row in led_rows(kind):
            for pattern in (row.pattern, *row.also):
                key = (kind, row.colour, pattern)
                assert key not in seen, f"{key}: {seen.get(key)} and {row.sees}"
                seen[key] = row.sees
                assert what_it_means(*key) is row


@pytest.mark.parametrize("kind", ["iq", "repeater", "lock"])
def test_words_of_the_product(kind: str) -> None:
    rows = led_rows(kind)
    assert rows
    for row in rows:
        text = f"{row.sees} {row.means} {row.next_step}"
        assert not re.search(r"\b(please|oops|fail\w*)\b", text, re.IGNORECASE), text
        assert row.means.endswith(".")
        assert row.next_step.endswith(".")
        assert row.urgency in {"ok", "wait", "act"}
        assert set(row.source.split(", ")) <= {"S", "P", "L"}


def test_names_devices_report_find_the_same_row() -> None:
    assert what_it_means("iq", "Green ", "every-5-min") is what_it_means("iq", "green", "heartbeat")
    assert what_it_means("IQ", "red", "steady") is what_it_means("iq", "red", "solid")
    assert what_it_means("iq", "green", "off").colour == "off"


def test_a_light_outside_the_table_says_so() -> None:
    row = what_it_means("iq", "pink", "solid")
    assert not row.known
    assert row.sees == "Pink, solid"
    assert "not in the published table" in row.means
    assert row.next_step
    assert not what_it_means("toaster", "off", "off").known
    assert led_rows("toaster") == ()


SHOWN = {
    "iq": [
        *(
            led.LED_HEARTBEAT,
            led.LED_WINDOW_OPEN,
            led.LED_APP_CONNECTED,
            led.LED_NO_NETWORK,
            led.LED_CONNECTING,
        ),
        *(led.LED_NOT_IN_SITE, led.LED_RADIO_FAULT, led.LED_REBOOTING, led.LED_UPDATING, led.LED_STARTING),
        *(led.LED_RESETTING, led.LED_IDENTIFY, led.LED_OFF),
    ],
    "repeater": [led.LED_FACTORY, led.LED_YES, led.LED_IDENTIFY, led.LED_OFF],
    "lock": [led.LED_CARD_READ, led.LED_YES, led.LED_NO, led.LED_IDENTIFY, led.LED_OFF],
}


@pytest.mark.parametrize("kind", SHOWN)
def test_every_light_the_practice_site_shows_is_in_the_table(kind: str) -> None:
    unknown = [
        str(light) for light in SHOWN[kind] if not what_it_means(kind, light.colour, light.pattern).known
    ]
    assert unknown == []


def test_no_light_of_the_practice_site_is_forgotten() -> None:
    lights = {light for light in vars(led).values() if isinstance(light, led.Led)}
    assert lights == {light for shown in SHOWN.values() for light in shown}
