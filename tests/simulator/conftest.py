"""A running practice site, and Larry's own devices service plugged into it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from larry.devices.service import DeviceService
from larry.simulator.practice_site import PracticeSite


@pytest.fixture
async def practice_site() -> AsyncIterator[PracticeSite]:
    """The hotel, five times as fast as real time."""
    async with PracticeSite(seed=1, speed=5) as site:
        yield site


@pytest.fixture
async def radio_only(practice_site: PracticeSite) -> AsyncIterator[DeviceService]:
    """Devices found by radio alone."""
    async with DeviceService(f"hci:{practice_site.hci}", []) as service:
        yield service


@pytest.fixture
async def cable_only(practice_site: PracticeSite) -> AsyncIterator[DeviceService]:
    """Devices found by cable alone."""
    async with DeviceService("none", [port["path"] for port in practice_site.serial]) as service:
        yield service
