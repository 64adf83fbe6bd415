"""Link survey and network check, asked by Larry over Bluetooth and cable."""

from __future__ import annotations

import pytest

from larry.devices.device_data import NetworkCheckResult
from larry.devices.service import DeviceService
from larry.errors import DeviceRefusedError
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock

pytestmark = pytest.mark.timeout(60)


def iq_upper(site: PracticeSite) -> SimulatedIq:
    iq = site.world.find("IQ Upper")
    assert isinstance(iq, SimulatedIq)
    return iq


async def test_survey_by_cable_tells_every_node_in_parts(
    practice_site: PracticeSite, cable_only: DeviceService
) -> None:
    iq = iq_upper(practice_site)
    world = practice_site.world
    expected = {
        device.device_id
        for device in (*world.iqs, *world.locks, *world.repeaters)
        if device is not iq and (world.rssi_between_dbm(iq, device) or -200) > -88
    }
    assert len(expected) > 16, "more than one answer holds"
    async with await cable_only.open(iq.device_id) as link:
        await link.unlock(iq.activation_code)
        heard = await link.survey(seconds=2)
    assert expected <= {node.device_id for node in heard}
    assert {node.heard_by for node in heard} == {iq.device_id}
    assert len({node.device_id for node in heard}) == len(heard), "no node twice"


async def test_survey_over_bluetooth_needs_the_session(
    practice_site: PracticeSite, radio_only: DeviceService
) -> None:
    iq = iq_upper(practice_site)
    lock = practice_site.world.find("Room 101")
    assert isinstance(lock, SimulatedLock)
    iq.hold_reset(2)
    async with await radio_only.open(iq.device_id) as link:
        with pytest.raises(DeviceRefusedError) as refused:
            await link.survey()
        assert refused.value.code == "session-required"
        await link.unlock(iq.activation_code)
        full = {node.device_id: node for node in await link.survey(seconds=3)}
        less = {node.device_id: node for node in await link.survey(seconds=3, reduce_db=6)}
        with pytest.raises(DeviceRefusedError):
            await link.survey(seconds=0)
    strong, weak = full[lock.device_id].rssi_there_dbm, less[lock.device_id].rssi_there_dbm
    assert strong is not None
    assert weak is not None
    assert 3 <= strong - weak <= 9


async def test_network_check_by_cable(practice_site: PracticeSite, cable_only: DeviceService) -> None:
    iq = iq_upper(practice_site)
    async with await cable_only.open(iq.device_id) as link:
        await link.unlock(iq.activation_code)
        before = await link.network_check()
        assert {(check.result, check.cause) for check in before} == {("not-tried", "no-network")}
        await link.provision_wifi("Adler-Staff", "practice-Edelweiss", timeout_s=10)
        practice_site.world.faults.set("port-40001-blocked", True, {})
        after = {check.name: check for check in await link.network_check()}
    assert after["tcp-40000"] == NetworkCheckResult("tcp-40000", "pass")
    assert after["tcp-40001"] == NetworkCheckResult("tcp-40001", "fail", "blocked")
