"""What an IQ says about its network, for each fault of the building."""

from __future__ import annotations

import pytest

from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.network_check import NAMES, network_check


def results(iq: SimulatedIq) -> dict[str, tuple[str, str]]:
    checks = network_check(iq)
    assert tuple(check.name for check in checks) == NAMES
    return {check.name: (check.result, check.cause) for check in checks}


def test_all_pass_when_all_is_well(online_iq: SimulatedIq) -> None:
    assert set(results(online_iq).values()) == {("pass", "")}


@pytest.mark.parametrize(
    ("fault", "failed", "cause", "rest"),
    [
        ("802.1x", "802.1x", "authentication-wanted", "not-admitted"),
        ("no-dhcp", "dhcp", "no-offer", "no-address"),
        ("no-dns", "dns", "no-answer", "no-names"),
        ("captive-portal", "captive-portal", "login-page", "login-page"),
    ],
)
def test_nothing_is_tried_after_what_it_needs(
    world: World, online_iq: SimulatedIq, fault: str, failed: str, cause: str, rest: str
) -> None:
    world.faults.set(fault, True, {})
    place = NAMES.index(failed)
    found = results(online_iq)
    assert [found[name] for name in NAMES[:place]] == [("pass", "")] * place
    assert found[failed] == ("fail", cause)
    assert {found[name] for name in NAMES[place + 1 :]} == {("not-tried", rest)}
    assert online_iq.online == (fault == "no-dhcp"), "an address once given is kept"
    world.faults.set(fault, False, {})
    world.advance(30)
    assert online_iq.online


@pytest.mark.parametrize(
    ("fault", "failed"),
    [
        ("port-40000-blocked", {"tcp-40000"}),
        ("port-40001-blocked", {"tcp-40001"}),
        ("ports-blocked", {"tcp-40000", "tcp-40001"}),
        ("updates-blocked", {"updates"}),
    ],
)
def test_blocked_ports_fail_each_for_itself(
    world: World, online_iq: SimulatedIq, fault: str, failed: set[str]
) -> None:
    world.faults.set(fault, True, {})
    found = results(online_iq)
    assert {name for name, (result, _) in found.items() if result == "fail"} == failed
    assert {found[name] for name in failed} == {("fail", "blocked")}
    assert online_iq.online == (fault == "updates-blocked")


def test_cloud_that_is_off_is_no_firewall(world: World, online_iq: SimulatedIq) -> None:
    world.faults.set("cloud-offline", True, {})
    assert results(online_iq)["tcp-40000"] == ("fail", "refused")
    world.faults.set("ports-blocked", True, {})
    assert results(online_iq)["tcp-40000"] == ("fail", "blocked")


def test_without_a_network_nothing_is_tried(world: World, iq: SimulatedIq) -> None:
    assert set(results(iq).values()) == {("not-tried", "no-network")}
    iq.hold_reset(2)
    iq.wifi.provision("Adler-Staff", "wrong")
    assert set(results(iq).values()) == {("not-tried", "joining")}
    world.advance(10)
    assert set(results(iq).values()) == {("not-tried", "wifi-wrong-password")}


@pytest.mark.parametrize(("fault", "failed"), [("no-dhcp", "dhcp"), ("802.1x", "802.1x")])
def test_a_join_that_failed_is_checked_as_far_as_it_came(
    world: World, iq: SimulatedIq, fault: str, failed: str
) -> None:
    world.faults.set(fault, True, {})
    iq.hold_reset(2)
    iq.wifi.provision("Adler-Staff", "practice-Edelweiss")
    world.advance(10)
    assert results(iq)[failed][0] == "fail"
