"""`larry device TARGET firmware IMAGE` against a practice site, in a process of its own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from firmware_images import mcuboot_image

from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq

pytestmark = pytest.mark.timeout(90)


async def larry_firmware(
    target: str, *arguments: str, action: str = "firmware", **environment: str
) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "larry", "device", target, action, *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, **environment},
    )
    out, err = await process.communicate()
    assert b"Traceback" not in err
    return process.returncode or 0, out.decode(), err.decode()


def image_file(folder: Path, version: tuple[int, int, int, int] = (3, 5, 0, 0)) -> str:
    file = folder / "iq.signed.bin"
    file.write_bytes(mcuboot_image(version, 100_000))
    return str(file)


def iq_and_port(site: PracticeSite) -> tuple[SimulatedIq, str]:
    iq = site.world.find("IQ Upper")
    assert isinstance(iq, SimulatedIq)
    return iq, next(port["path"] for port in site.serial if port["device_id"] == iq.device_id)


async def test_updated_by_cable_and_the_second_time_nothing_to_do(tmp_path: Path) -> None:
    async with PracticeSite(seed=3, speed=10) as site:
        iq, port = iq_and_port(site)
        code, out, err = await larry_firmware(port, image_file(tmp_path), "--json")
        assert code == 0, err
        assert json.loads(out) == {"outcome": "updated", "before": "3.4.1", "after": "3.5.0"}
        assert "Sending 100 %" in err
        assert iq.slots.running.confirmed
        code, out, err = await larry_firmware(port, image_file(tmp_path))
        assert (code, "runs already" in out) == (0, True), err
        code, out, err = await larry_firmware(port, image_file(tmp_path, (1, 0, 0, 0)))
        assert (code, "older" in err) == (2, True)


async def test_updated_by_radio_with_the_activation_code(tmp_path: Path) -> None:
    async with PracticeSite(seed=3, speed=10) as site:
        iq, _ = iq_and_port(site)
        iq.hold_reset(2)
        code, out, err = await larry_firmware(
            *(iq.device_id, image_file(tmp_path), "--radio", f"hci:{site.hci}"),
            LARRY_ACTIVATION_CODE=iq.activation_code,
        )
    assert (code, "Updated from 3.4.1 to 3.5.0" in out) == (0, True), err
    assert iq.activation_code not in out + err


async def test_one_that_does_not_start_is_a_no(tmp_path: Path) -> None:
    async with PracticeSite(seed=3, speed=10) as site:
        iq, port = iq_and_port(site)
        site.world.faults.set("firmware-does-not-start", True, {"device": iq.name})
        code, out, _ = await larry_firmware(port, image_file(tmp_path))
    assert (code, "went back to 3.4.1" in out) == (1, True)
    assert iq.identity.firmware == "3.4.1"


async def test_a_damaged_file_is_never_sent(tmp_path: Path) -> None:
    file = tmp_path / "damaged.bin"
    file.write_bytes(mcuboot_image()[:-1])
    async with PracticeSite(seed=3, speed=10) as site:
        _, port = iq_and_port(site)
        code, _, err = await larry_firmware(port, str(file))
        missing = await larry_firmware(port, str(tmp_path / "missing.bin"))
    assert code == 2
    assert "damaged.bin is no firmware image" in err
    assert missing[0] == 3


async def test_slots_and_counters_are_listed(tmp_path: Path) -> None:
    async with PracticeSite(seed=3, speed=10) as site:
        _, port = iq_and_port(site)
        code, out, err = await larry_firmware(port, "--json", action="images")
        assert code == 0, err
        assert json.loads(out)["running"] == "3.4.1"
        code, out, err = await larry_firmware(port, action="statistics")
    assert code == 0, err
    assert "answered" in out
