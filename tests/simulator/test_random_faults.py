"""Random acts and faults while two clients work: every call ends, nothing breaks, the site stays usable."""

from __future__ import annotations

import asyncio
import random
from typing import Any

import pytest

from larry.devices.service import DeviceService
from larry.errors import LarryError
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.acts import acts_of, do_act
from larry.simulator.world.position import Position
from larry.simulator.world.refusal import RefusalError

SWITCHES = ["no-dhcp", "ports-blocked", "wifi-wrong-password", "cloud-offline"]
ROUNDS = 25


class BadLuck:
    """One stroke of bad luck after the other."""

    def __init__(self, site: PracticeSite, seed: int) -> None:
        self._site = site
        self._chance = random.Random(seed)

    def strike(self) -> None:
        world, chance = self._site.world, self._chance
        device = chance.choice([*world.iqs * 6, *world])
        kind = chance.choice(["act", "act", "act", "link", "range", "switch", "loss", "walk"])
        if kind == "act":
            try:
                do_act(device, chance.choice(sorted(acts_of(device))))
            except RefusalError:
                return
        elif kind == "link":
            world.faults.set("link-lost", True, {"device": device.name})
        elif kind == "range":
            world.faults.set("out-of-range", chance.random() < 0.5, {"device": device.name})
        elif kind == "switch":
            world.faults.set(chance.choice(SWITCHES), chance.random() < 0.5, {})
        elif kind == "loss":
            world.faults.set("loss", chance.random() < 0.5, {"value": 0.3})
        else:
            world.move_laptop(Position(chance.uniform(0, 60), 5, 1), "somewhere")
            self._site.ble.drop_unheard()

    async def go_on(self) -> None:
        while True:
            await asyncio.sleep(self._chance.uniform(0, 0.15))
            self.strike()


async def work(site: PracticeSite, service: DeviceService, chance: random.Random) -> None:
    """Do everything an installer does with an IQ; stop at the first refusal or lost link."""
    iq = chance.choice(site.world.iqs)
    link = await service.open(iq.device_id, timeout_s=2, prefer=chance.choice(["ble", "serial"]))
    try:
        await link.unlock(iq.activation_code)
        await link.attach(chance.choice(site.world.locks).device_id, None, "lock")
        await link.provision_wifi("Adler-Staff", "practice-Edelweiss", timeout_s=3)
        await link.events(0)
    finally:
        await link.close()


def calm_down(site: PracticeSite, home: Position) -> None:
    """End all faults, give everything power, go back."""
    world = site.world
    for fault in list(world.faults.active):
        name, _, device = fault.partition(":")
        world.faults.set(name, False, {"device": device} if device else {})
    for device in world:
        if not device.powered:
            device.set_power(True)
    world.move_laptop(home, "home")


async def one_quiet_job(site: PracticeSite, service: DeviceService) -> None:
    """Prove the code on an IQ after its back-off and restarts are over."""
    iq = site.world.iqs[0]
    while not iq.running:
        await site_changed(site)
    link = await service.open(iq.device_id, timeout_s=15)
    assert iq.sessions == 0, "no session outlives its link"
    iq.hold_reset(2)
    await link.unlock(iq.activation_code)
    assert iq.sessions == 1
    await link.close()


async def site_changed(site: PracticeSite) -> None:
    changed = asyncio.Event()
    unsubscribe = site.world.subscribe(lambda device: changed.set())
    try:
        await changed.wait()
    finally:
        unsubscribe()


@pytest.mark.timeout(180)
@pytest.mark.parametrize("seed", [3])
async def test_every_call_ends_and_the_site_stays_usable(seed: int) -> None:
    broken: list[dict[str, Any]] = []
    asyncio.get_running_loop().set_exception_handler(lambda loop, context: broken.append(context))
    async with PracticeSite(seed=seed, speed=20) as site:
        home = site.world.laptop
        ports = [port["path"] for port in site.serial]
        async with DeviceService(f"hci:{site.hci}", ports) as service:
            bad_luck = asyncio.create_task(BadLuck(site, seed).go_on())

            async def client(number: int) -> int:
                chance, done = random.Random(seed * 10 + number), 0
                for _ in range(ROUNDS):
                    try:
                        async with asyncio.timeout(45):
                            await work(site, service, chance)
                            done += 1
                    except LarryError:
                        continue
                return done

            await asyncio.gather(client(1), client(2))
            bad_luck.cancel()
            calm_down(site, home)
            await service.wait_until(lambda found: len(found.devices) == 31, 20)
            await asyncio.wait_for(one_quiet_job(site, service), 30)
    assert broken == []
