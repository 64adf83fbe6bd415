"""The faults of the practice control reach the served practice cloud, and a used-up error stays used up."""

from __future__ import annotations

import pytest

from larry.cloud.client import CloudClient
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.errors import CloudRefusedError, CloudUnreachableError
from larry.simulator.practice_site import PracticeSite


async def test_faults_of_the_control() -> None:
    async with (
        PracticeSite() as site,
        CloudClient(site.cloud, PracticeSignIn(site.cloud)) as client,
    ):
        faults = site.world.faults
        faults.set("cloud-error", True, {"code": 2201})
        faults.set("noise_db", True, {"value": 3})
        with pytest.raises(CloudRefusedError) as caught:
            await client.sites()
        assert caught.value.code == "2201"
        assert "cloud-error" not in faults.active
        faults.set("noise_db", False, {})  # another switch does not bring the error back
        assert await client.sites() == []
        faults.set("cloud-offline", True, {})
        with pytest.raises(CloudUnreachableError):
            await client.sites()
        faults.set("cloud-offline", False, {})
        assert await client.sites() == []
