"""Every way to fail at the Wi-Fi, and the way back."""

from __future__ import annotations

import pytest

from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq


def join(
    world: World, iq: SimulatedIq, ssid: str = "Adler-Staff", password: str = "practice-Edelweiss"
) -> None:
    iq.hold_reset(2)
    iq.wifi.provision(ssid, password)
    world.advance(20)


@pytest.mark.parametrize(
    ("ssid", "password", "problem"),
    [("Adler-Staff", "wrong", "wrong-password"), ("Adler-Staf", "practice-Edelweiss", "not-found")],
)
def test_wrong_settings(world: World, iq: SimulatedIq, ssid: str, password: str, problem: str) -> None:
    join(world, iq, ssid, password)
    assert iq.wifi.station.problem == problem
    assert iq.wifi.station.ssid is None
    assert not iq.online


def test_open_network_needs_no_password(world: World, iq: SimulatedIq) -> None:
    join(world, iq, "Adler-Guest", "")
    assert iq.online


def test_five_ghz_only_with_the_right_dongle(world: World, iq: SimulatedIq) -> None:
    lobby = world.find("IQ Lobby")
    assert isinstance(lobby, SimulatedIq)
    join(world, lobby, "Adler-Staff-5G")
    assert lobby.wifi.station.problem == "not-found"
    join(world, iq, "Adler-Staff-5G")
    assert iq.online


@pytest.mark.parametrize(
    ("fault", "problem"), [("wifi-wrong-password", "wrong-password"), ("no-dhcp", "no-dhcp")]
)
def test_router_faults(world: World, iq: SimulatedIq, fault: str, problem: str) -> None:
    world.faults.set(fault, True, {})
    join(world, iq)
    assert iq.wifi.station.problem == problem
    world.faults.set(fault, False, {})
    join(world, iq)
    assert iq.online


def test_blocked_ports_are_red_flashing_and_heal(world: World, online_iq: SimulatedIq) -> None:
    world.faults.set("ports-blocked", True, {})
    assert not online_iq.online
    assert str(online_iq.led) == "red flashing"
    world.faults.set("ports-blocked", False, {})
    world.advance(5)
    assert online_iq.online


def test_wrong_new_settings_fall_back_to_the_old_network(world: World, online_iq: SimulatedIq) -> None:
    join(world, online_iq, password="wrong")
    world.advance(30)
    assert online_iq.wifi.station.ssid == "Adler-Staff"
    assert online_iq.online


def test_password_is_in_no_event_and_no_repr(world: World, iq: SimulatedIq) -> None:
    join(world, iq)
    texts = " ".join(event.text for event in world.events.since(0))
    assert "Edelweiss" not in texts
    assert "Edelweiss" not in repr(world.network)
