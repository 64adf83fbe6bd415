"""The IQ's button, window, LED, reset and reboot (domain.md 4 and 5)."""

from __future__ import annotations

import pytest

from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.iq_tree import TreeItem
from larry.simulator.world.refusal import RefusalError


def test_new_iq_shows_red_then_purple_once_it_has_network(world: World, iq: SimulatedIq) -> None:
    assert str(iq.led) == "red steady"
    iq.hold_reset(2)
    iq.wifi.provision("Adler-Staff", "practice-Edelweiss")
    world.advance(130)
    assert str(iq.led) == "purple steady"
    iq.join_site("Hotel Adler", "Europe/Vienna")
    assert str(iq.led) == "green every-5-min"
    iq.green_heartbeat = False
    assert str(iq.led) == "off"


def test_lights_of_trouble(world: World, online_iq: SimulatedIq) -> None:
    seen = []
    for fault in ("radio-fault", "updating", "subscription-expired"):
        numbers = {} if fault == "subscription-expired" else {"device": online_iq.name}
        world.faults.set(fault, True, numbers)
        seen.append(str(online_iq.led))
        world.faults.set(fault, False, numbers)
    assert seen == ["purple flashing", "blue flashing", "purple steady"]
    assert str(online_iq.led) == "green every-5-min"
    assert online_iq.online


def test_window_is_open_for_two_minutes(world: World, iq: SimulatedIq) -> None:
    assert not iq.window_open
    iq.hold_reset(2)
    assert iq.window_open
    assert str(iq.led) == "green every-second"
    world.advance(119.9)
    assert iq.window_open
    world.advance(0.2)
    assert not iq.window_open


def test_led_is_steady_green_while_an_app_is_connected(iq: SimulatedIq) -> None:
    iq.hold_reset(2)
    iq.client_connected()
    assert str(iq.led) == "green steady"
    iq.client_disconnected()
    assert str(iq.led) == "green every-second"


def test_a_session_holds_the_window_open(world: World, iq: SimulatedIq) -> None:
    iq.hold_reset(2)
    iq.session_opened()
    world.advance(300)
    assert iq.window_open
    iq.session_closed()
    assert not iq.window_open


@pytest.mark.parametrize("seconds", [0.5, 16, 60])
def test_other_holding_times_do_nothing(iq: SimulatedIq, seconds: float) -> None:
    iq.hold_reset(seconds)
    assert not iq.window_open
    assert iq.phase == "running"


def test_wifi_needs_the_window(iq: SimulatedIq) -> None:
    with pytest.raises(RefusalError) as refused:
        iq.wifi.provision("Adler-Staff", "practice-Edelweiss")
    assert refused.value.code == "window-closed"


def test_reset_in_a_site_needs_restore_and_keeps_wifi(world: World, online_iq: SimulatedIq) -> None:
    online_iq.hold_reset(8)
    assert str(online_iq.led) == "red-green-blue sequence"
    assert not online_iq.online
    world.advance(30)
    assert online_iq.online
    assert online_iq.restore_required
    assert str(online_iq.led) == "purple steady"
    with pytest.raises(RefusalError, match="restored"):
        online_iq.links.attach("AA", None, "lock")
    online_iq.restored()
    assert str(online_iq.led) == "green every-5-min"


def test_reset_before_a_site_is_harmless(world: World, iq: SimulatedIq) -> None:
    iq.hold_reset(8)
    world.advance(30)
    assert not iq.restore_required
    assert iq.running


def test_settings_survive_a_power_cycle(world: World, online_iq: SimulatedIq) -> None:
    online_iq.set_power(False)
    assert str(online_iq.led) == "off"
    assert not online_iq.online
    online_iq.set_power(True)
    assert str(online_iq.led) == "white steady"
    world.advance(20)
    assert online_iq.online
    assert online_iq.in_site


def test_reboot_is_blue_and_ends(world: World, online_iq: SimulatedIq) -> None:
    online_iq.reboot()
    assert str(online_iq.led) == "blue steady"
    with pytest.raises(RefusalError):
        online_iq.reboot()
    world.advance(20)
    assert online_iq.online


def test_power_off_closes_window_and_sessions(iq: SimulatedIq) -> None:
    iq.hold_reset(2)
    iq.session_opened()
    iq.set_power(False)
    assert not iq.window_open
    assert iq.sessions == 0
    iq.hold_reset(2)
    assert not iq.window_open


def test_other_tree_order_on_an_iq_without_repeaters_is_a_reboot_loop(
    world: World, online_iq: SimulatedIq
) -> None:
    for name in ("Room 101", "Room 102"):
        lock = world.find(name)
        online_iq.links.attach(lock.device_id, None, "lock")
        online_iq.tree.set_link_state(lock.device_id, "attached")
    first, second = online_iq.tree.items
    online_iq.links.write([second, first], None)
    assert str(online_iq.led) == "blue steady"
    world.advance(3600)
    assert str(online_iq.led) == "blue steady"
    online_iq.set_power(False)
    online_iq.set_power(True)
    world.advance(60)
    assert not online_iq.running


def test_appending_is_no_reboot_loop(world: World, online_iq: SimulatedIq) -> None:
    lock = world.find("Room 101")
    online_iq.links.attach(lock.device_id, None, "lock")
    online_iq.tree.set_link_state(lock.device_id, "attached")
    items = [*online_iq.tree.items, TreeItem(world.find("Room 102").device_id, None, "lock")]
    online_iq.links.write(items, None)
    assert online_iq.running
