"""Improv from the device's side: states, errors, results."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from larry.devices.protocol.improv import (
    ImprovCommand,
    ImprovError,
    ImprovMessage,
    ImprovState,
    decode_networks,
    encode_message,
    wifi_settings,
)
from larry.simulator.firmware.improv_devices import IqOverBle, IqOverCable
from larry.simulator.firmware.improv_server import ImprovServer
from larry.simulator.world import World
from larry.simulator.world.iq import SimulatedIq

RIGHT = wifi_settings("Adler-Staff", "practice-Edelweiss")


class Told:
    """What the client is told."""

    def __init__(self, world: World, iq: SimulatedIq, *, cable: bool = False) -> None:
        self.states: list[ImprovState] = []
        self.errors: list[ImprovError] = []
        self.results: list[ImprovMessage] = []
        self.server = ImprovServer(
            (IqOverCable if cable else IqOverBle)(iq),
            send_state=self.states.append,
            send_error=self.errors.append,
            send_result=self.results.append,
            one_network_per_result=cable,
        )
        world.subscribe(lambda device: self.server.refresh() if device is iq else None)


@pytest.fixture
def told(world: World, iq: SimulatedIq) -> Iterator[Told]:
    return Told(world, iq)


def test_the_button_authorises_for_two_minutes(world: World, iq: SimulatedIq, told: Told) -> None:
    assert told.server.state is ImprovState.AUTHORIZATION_REQUIRED
    iq.hold_reset(2)
    world.advance(121)
    assert told.states == [ImprovState.AUTHORIZED, ImprovState.AUTHORIZATION_REQUIRED]


def test_without_authorisation_settings_are_refused(told: Told, iq: SimulatedIq) -> None:
    told.server.handle(RIGHT)
    assert told.server.error is ImprovError.NOT_AUTHORIZED
    assert iq.wifi.station.state == "unconfigured"


def test_right_settings(world: World, iq: SimulatedIq, told: Told) -> None:
    iq.hold_reset(2)
    told.server.handle(RIGHT)
    world.advance(3)
    assert told.states == [ImprovState.AUTHORIZED, ImprovState.PROVISIONING, ImprovState.PROVISIONED]
    assert told.errors == []
    assert [result.command for result in told.results] == [ImprovCommand.WIFI_SETTINGS]
    assert told.results[0].texts()[0].startswith("https://")


def test_wrong_password_returns_to_authorised(world: World, iq: SimulatedIq, told: Told) -> None:
    iq.hold_reset(2)
    told.server.handle(wifi_settings("Adler-Staff", "wrong"))
    world.advance(4)
    assert told.states[-2:] == [ImprovState.PROVISIONING, ImprovState.AUTHORIZED]
    assert told.errors == [ImprovError.UNABLE_TO_CONNECT]
    told.server.handle(RIGHT)
    assert told.errors[-1] is ImprovError.NONE
    world.advance(3)
    assert told.server.state is ImprovState.PROVISIONED
    assert len(told.results) == 1


def test_a_second_attempt_while_one_runs_is_refused(iq: SimulatedIq, told: Told) -> None:
    iq.hold_reset(2)
    told.server.handle(RIGHT)
    told.server.handle(RIGHT)
    assert told.server.error is ImprovError.NOT_AUTHORIZED


def test_a_new_press_allows_other_settings(world: World, iq: SimulatedIq, told: Told) -> None:
    iq.hold_reset(2)
    told.server.handle(RIGHT)
    world.advance(130)
    assert told.server.state is ImprovState.PROVISIONED
    iq.hold_reset(2)
    assert told.server.state is ImprovState.AUTHORIZED


def test_identify_and_information_need_no_authorisation(iq: SimulatedIq, told: Told) -> None:
    told.server.handle(ImprovMessage(ImprovCommand.IDENTIFY))
    assert iq.identifying
    told.server.handle(ImprovMessage(ImprovCommand.DEVICE_INFO))
    assert told.results[0].texts()[3] == iq.device_id
    assert len(told.results[0].strings) == 4


def test_networks_come_in_one_result_by_radio_and_one_by_one_by_cable(world: World, iq: SimulatedIq) -> None:
    radio, cable = Told(world, iq), Told(world, iq, cable=True)
    for told in (radio, cable):
        told.server.handle(ImprovMessage(ImprovCommand.SCAN_WIFI))
    assert len(radio.results) == 1
    assert [network.ssid for network in decode_networks(radio.results[0].strings)] == [
        "Adler-Staff",
        "Adler-Guest",
        "Adler-Staff-5G",
    ]
    assert len(encode_message(radio.results[0])) < 258
    assert [len(result.strings) for result in cable.results] == [3, 3, 3, 0]


def test_unknown_and_malformed_commands(told: Told) -> None:
    told.server.handle(ImprovMessage(99))
    assert told.errors == [ImprovError.UNKNOWN_COMMAND]
    told.server.malformed()
    assert told.errors[-1] is ImprovError.INVALID_RPC
    told.server.handle(ImprovMessage(ImprovCommand.WIFI_SETTINGS, (b"only a name",)))
    assert told.server.error is ImprovError.INVALID_RPC


def test_power_loss_while_joining_is_a_failure(world: World, iq: SimulatedIq, told: Told) -> None:
    iq.hold_reset(2)
    told.server.handle(RIGHT)
    iq.set_power(False)
    world.advance(5)
    assert told.server.state is ImprovState.AUTHORIZATION_REQUIRED
    assert told.results == []
