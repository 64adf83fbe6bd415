"""Firmware upload beside smpclient's own transports: `python tests/benchmarks/bench_firmware.py [BYTES]`.

One practice site in a process of its own, one IQ, the same server buffer; interleaved runs, medians.
Goals: at least 3 times smpclient's serial transport on the pseudo-terminal, not slower than its BLE transport
on the virtual air. Exit code 1 when one is missed.
"""

from __future__ import annotations

import asyncio
import json
import random
import statistics
import struct
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from hashlib import sha256

import bleak
import httpx
from smpclient import SMPClient
from smpclient.transport.ble import SMPBLETransport
from smpclient.transport.serial import SMPSerialTransport

from larry.devices.device_link import DeviceLink
from larry.devices.protocol.firmware_image import FirmwareImage, read_firmware_image
from larry.devices.radio.hci_client import HciClient
from larry.devices.radio.hci_host import HciHost
from larry.devices.radio.hci_scanner import HciScanner
from larry.devices.service import DeviceService

IQ = "00A1B2C34A2190"
RUNS = 5
GOAL_SERIAL, GOAL_BLE = 3.0, 1.0


def image_of(size: int) -> FirmwareImage:
    """Return an image with a random program of `size` bytes."""
    covered = struct.pack("<IIHHIIBBHI4x", 0x96F3B83D, 0, 32, 0, size, 0, 3, 5, 0, 0)
    covered += random.Random(1).randbytes(size)
    tag = struct.pack("<HH", 0x10, 32) + sha256(covered).digest()
    return read_firmware_image(covered + struct.pack("<HH", 0x6907, 4 + len(tag)) + tag)


async def by_smpclient(client: SMPClient, image: FirmwareImage) -> float:
    """Return the seconds smpclient's own upload takes."""
    start = time.perf_counter()
    async for _ in client.upload(image.data, first_timeout_s=10):
        pass
    return time.perf_counter() - start


async def by_larry(link: DeviceLink, image: FirmwareImage) -> float:
    """Return the seconds Larry's upload takes."""
    start = time.perf_counter()
    await link.upload_image(image)
    return time.perf_counter() - start


async def race_of(
    ours: Callable[[], Awaitable[float]], theirs: Callable[[], Awaitable[float]], name: str, size: int
) -> float:
    """Run both in turns; print and return how many times faster ours is."""
    mine: list[float] = []
    other: list[float] = []
    for _ in range(RUNS):
        mine.append(await ours())
        other.append(await theirs())
    ratio = statistics.median(other) / statistics.median(mine)
    rates = [size / statistics.median(times) / 1024 for times in (mine, other)]
    print(f"{name}: Larry {rates[0]:.0f} KiB/s, smpclient {rates[1]:.0f} KiB/s, ratio {ratio:.2f}")
    return ratio


async def over_serial(port: str, image: FirmwareImage) -> float:
    """Measure on the pseudo-terminal."""

    async def ours() -> float:
        async with DeviceService("none", [port]) as service, await service.open(port) as link:
            return await by_larry(link, image)

    async def theirs() -> float:
        async with SMPClient(SMPSerialTransport(), port, timeout_s=10) as client:
            return await by_smpclient(client, image)

    return await race_of(ours, theirs, "pseudo-terminal", len(image.data))


async def over_ble(hci: str, control: str, image: FirmwareImage) -> float:
    """Measure on the virtual air."""

    async def press() -> None:
        async with httpx.AsyncClient() as http:
            (await http.post(f"{control}/acts", json={"device": IQ, "act": "reset-2s"})).raise_for_status()

    host = HciHost(hci)
    await host.start()
    bleak.get_platform_scanner_backend_type = lambda: (HciScanner.bound_to(host), "hci")  # type: ignore[assignment]
    bleak.get_platform_client_backend_type = lambda: (HciClient.bound_to(host), "hci")  # type: ignore[assignment]
    async with DeviceService(f"hci:{hci}", []) as service:

        async def ours() -> float:
            await press()
            async with await service.open(IQ) as link:
                return await by_larry(link, image)

        async def theirs() -> float:
            await press()
            address = next(each.address for each in service.snapshot().devices if each.device_id == IQ)
            async with SMPClient(SMPBLETransport(), address or "", timeout_s=20) as client:
                return await by_smpclient(client, image)

        try:
            return await race_of(ours, theirs, "BLE", len(image.data))
        finally:
            await host.close()


def main(size: int) -> int:
    """Run both races; return the exit code."""
    image = image_of(size)
    site = subprocess.Popen([sys.executable, "-m", "larry", "simulate"], stdout=subprocess.PIPE, text=True)
    try:
        assert site.stdout is not None
        told = json.loads(site.stdout.readline())
        port = next(each["path"] for each in told["serial"] if each["device_id"] == IQ)
        serial = asyncio.run(over_serial(port, image))
        ble = asyncio.run(over_ble(told["hci"], told["control"], image))
    finally:
        site.terminate()
        site.wait(10)
    return 0 if serial >= GOAL_SERIAL and ble >= GOAL_BLE else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 400_000))
