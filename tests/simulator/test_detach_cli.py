"""`larry device LOCK which-iq` and `detach` against a practice site: order, card, test, and a stuck lock."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from larry.domain.edits import SetNode
from larry.services.practice_project import create_practice_project
from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq
from larry.simulator.world.lock import SimulatedLock
from larry.simulator.world.repeater import SimulatedRepeater

PASSPHRASE = "practice"
pytestmark = pytest.mark.timeout(90)


async def larry_lock(
    site: PracticeSite, file: Path, *arguments: str, target: str = "Room 103"
) -> tuple[int, Any]:
    ports = [part for port in site.serial for part in ("--serial", port["path"])]
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "larry", "device", target, *arguments),
        *("--project", str(file), "--radio", "none", *ports, "--json"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "LARRY_PASSPHRASE": PASSPHRASE},
    )
    out, err = await process.communicate()
    assert b"Traceback" not in err
    return process.returncode or 0, json.loads(out)


def planned_as_built(file: Path, site: PracticeSite) -> None:
    """Write the project with the Device IDs and codes of the building."""
    with create_practice_project(
        file, lambda path, plan: Project.create(path, plan, passphrase=lambda: PASSPHRASE)
    ) as project:
        ids = {device.name: device.device_id for device in site.world}
        codes = {iq.name: iq.activation_code for iq in site.world.iqs}
        for node in list(project.site.nodes.values()):
            project.do(SetNode(node.id, "device_id", ids[node.name]), "ids")
            if node.name in codes:
                project.secrets.set(node.id, "activation_code", codes[node.name])


async def test_detached_by_order_and_card_then_proven_free(tmp_path: Path) -> None:
    file = tmp_path / "hotel.larry"
    async with PracticeSite(seed=3, speed=20) as site:
        planned_as_built(file, site)
        lock, iq = site.world.find("Room 103"), site.world.find("IQ Upper")
        assert isinstance(lock, SimulatedLock)
        assert isinstance(iq, SimulatedIq)
        repeater = site.world.find("Rep 3")
        assert isinstance(repeater, SimulatedRepeater)
        iq.links.attach(repeater.device_id, None, "repeater")
        repeater.hold_reset(2)
        iq.links.attach(lock.device_id, repeater.device_id, "lock")
        lock.link()

        code, said = await larry_lock(site, file, "which-iq")
        assert (code, said["held_by"], said["not_reached"]) == (0, ["IQ Upper"], [])

        code, said = await larry_lock(site, file, "detach", "0")
        assert (code, said["step"]) == (1, "card"), "the card is still missing"
        assert lock.link_state == "detached_pending"
        lock.present_maintenance_card()
        code, said = await larry_lock(site, file, "detach")
        assert (code, said["step"]) == (0, "proof")
        assert lock.attached_to is None

        code, said = await larry_lock(site, file, "detach", "opened")
        assert (code, said["step"]) == (0, "free")
        code, said = await larry_lock(site, file, "which-iq")
        assert (code, said["held_by"]) == (1, [])


async def test_a_repeater_is_removed_in_software_then_cleared(tmp_path: Path) -> None:
    file = tmp_path / "hotel.larry"
    async with PracticeSite(seed=3, speed=20) as site:
        planned_as_built(file, site)
        repeater, iq = site.world.find("Rep 3"), site.world.find("IQ Upper")
        assert isinstance(repeater, SimulatedRepeater)
        assert isinstance(iq, SimulatedIq)
        iq.links.attach(repeater.device_id, None, "repeater")
        repeater.hold_reset(2)
        code, said = await larry_lock(site, file, "detach", "0", target="Rep 3")
        assert (code, said["step"]) == (1, "card")
        repeater.hold_clear(3)
        code, said = await larry_lock(site, file, "detach", target="Rep 3")
    assert (code, said["step"]) == (0, "free")
    assert repeater.led.colour == "red"
