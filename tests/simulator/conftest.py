"""A running practice site for tests that talk to it over real protocols."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from larry.simulator.practice_site import PracticeSite


@pytest.fixture
async def practice_site() -> AsyncIterator[PracticeSite]:
    """The hotel, five times as fast as real time."""
    async with PracticeSite(seed=1, speed=5) as site:
        yield site
