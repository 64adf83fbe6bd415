"""Every failure of the network check has a cause, a next step and, where IT can help, the line for IT."""

from __future__ import annotations

import pytest

from larry.devices.device_data import NetworkCheckResult
from larry.services.network_advice import network_advice
from larry.simulator.world.network_check import NAMES

MACS = ("02:1B:C3:4A:21:7C", "02:1B:C3:4A:21:7D")


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("cause", ["", "blocked", "refused", "something-new"])
def test_every_check_has_words(name: str, cause: str) -> None:
    (advice,) = network_advice([NetworkCheckResult(name, "fail", cause)], "IQ Lobby", MACS)
    assert advice.title != name
    assert advice.means.endswith(".")
    assert advice.next_step.endswith(".")
    assert not advice.for_it or all(mac in advice.for_it for mac in MACS)
    assert "{" not in advice.for_it


def test_a_firewall_is_a_matter_for_it_and_the_cloud_is_not() -> None:
    blocked, refused = network_advice(
        [NetworkCheckResult("tcp-40000", "fail", cause) for cause in ("blocked", "refused")], "IQ", MACS
    )
    assert "40000" in blocked.for_it
    assert refused.for_it == ""


NOT_TRIED = [
    "no-network",
    "joining",
    "wifi-not-found",
    "wifi-wrong-password",
    "not-admitted",
    "no-address",
    "no-names",
    "login-page",
]


@pytest.mark.parametrize("cause", NOT_TRIED)
def test_not_tried_says_why(cause: str) -> None:
    (advice,) = network_advice([NetworkCheckResult("dns", "not-tried", cause)], "IQ", MACS)
    assert f"{cause}." not in advice.means, "in words, not as it came"
    assert advice.means.endswith(".")
    assert advice.for_it == ""


def test_unknown_words_are_told_as_they_came() -> None:
    told = network_advice(
        [NetworkCheckResult("tcp-50000", "fail", "eaten"), NetworkCheckResult("tcp-50000", "later", "")],
        "IQ",
        (),
    )
    assert "eaten" in told[0].means
    assert told[0].title == "tcp-50000"
    assert told[1].means


def test_passed_says_nothing() -> None:
    (advice,) = network_advice([NetworkCheckResult("dhcp", "pass")], "IQ", MACS)
    assert (advice.means, advice.next_step, advice.for_it) == ("", "", "")
