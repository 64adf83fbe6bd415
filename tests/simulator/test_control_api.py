"""The control API: hands, building, bad luck, time, events."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from larry.simulator.practice_site import PracticeSite

pytestmark = pytest.mark.timeout(60)


@pytest.fixture
async def control(practice_site: PracticeSite) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=practice_site.control, timeout=10) as client:
        yield client


def named(world: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(device for device in world["devices"] if device["name"] == name)
    return found


async def test_world_shows_led_sticker_and_acts(control: httpx.AsyncClient) -> None:
    world = (await control.get("/world")).json()
    assert world["name"] == "Hotel Adler"
    assert len(world["devices"]) == 31
    iq = named(world, "IQ Lobby")
    assert iq["led"] == {"colour": "red", "pattern": "steady"}
    assert iq["sticker"]["activation_code"] == "K7M4QX2P9D"
    assert iq["acts"] == ["reset-2s", "reset-8s", "power-off", "power-on"]
    lock = named(world, "Room 103")
    assert (lock["link_state"], lock["online"], lock["door_open"]) == ("free", False, False)
    assert lock["position"] == {"x_m": 11.4, "y_m": 4.0, "level": 1, "z_m": 1.0}


async def test_acts(control: httpx.AsyncClient) -> None:
    done = await control.post("/acts", json={"device": "IQ Lobby", "act": "reset-2s"})
    assert done.status_code == 200
    assert done.json()["state"] == "window-open"
    by_id = await control.post("/acts", json={"device": "00A1B2C35D0288", "act": "door-open"})
    assert by_id.json()["door_open"] is True


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/acts", {"device": "Room 999", "act": "tag"}, 404, "Room 999"),
        ("/acts", {"device": "IQ Lobby", "act": "tag"}, 422, "reset-2s"),
        ("/acts", {"device": "IQ Lobby", "act": "power-on"}, 409, "already"),
        ("/faults", {"fault": "meteor", "on": True}, 422, "link-lost"),
        ("/faults", {"fault": "no-dhcp", "on": "yes"}, 422, "true or false"),
        ("/faults", {"fault": "link-lost", "device": "nobody"}, 404, "nobody"),
        ("/laptop", {"x_m": "left"}, 422, "numbers"),
        ("/time", {"speed": -1}, 422, "0"),
        ("/time", {"speed": "fast"}, 422, "number"),
        ("/time", [], 400, "object"),
    ],
)
async def test_wrong_requests_say_why(
    control: httpx.AsyncClient, path: str, body: Any, status: int, words: str
) -> None:
    refused = await control.post(path, json=body)
    assert refused.status_code == status
    assert words in refused.json()["error"]


async def test_no_json_is_refused(control: httpx.AsyncClient) -> None:
    refused = await control.post("/acts", content=b"{")
    assert refused.status_code == 400


async def test_laptop_and_devices_move(control: httpx.AsyncClient) -> None:
    def signal(world: dict[str, Any]) -> int:
        level: int = named(world, "Plant room")["rssi_dbm"]
        return level

    before = signal((await control.get("/world")).json())
    await control.post("/laptop", json={"near": "Plant room"})
    near = (await control.get("/world")).json()
    assert near["laptop"]["level"] == 2
    assert signal(near) > before + 20
    moved = await control.post("/move", json={"device": "Plant room", "x_m": 3.0})
    assert moved.json()["position"]["y_m"] == 5.2
    await control.post("/laptop", json={"x_m": 900, "y_m": 0, "level": 0})
    assert named((await control.get("/world")).json(), "Plant room")["rssi_dbm"] is None


async def test_time_can_be_stopped_and_hurried(control: httpx.AsyncClient) -> None:
    await control.post("/time", json={"speed": 0})
    first = (await control.get("/world")).json()["now_s"]
    assert (await control.get("/world")).json()["now_s"] == first
    hurried = await control.post("/time", json={"speed": 500})
    assert hurried.json()["speed"] == 500.0


async def test_events_since(control: httpx.AsyncClient) -> None:
    await control.post("/acts", json={"device": "Room 103", "act": "tag"})
    answer = (await control.get("/events")).json()
    assert answer["events"][0]["what"] == "started"
    assert answer["events"][-1]["device"] == "Room 103"
    assert (await control.get("/events", params={"since": answer["last"]})).json()["events"] == []
    assert (await control.get("/events", params={"since": "x"})).status_code == 422


async def test_event_stream_follows(control: httpx.AsyncClient) -> None:
    seen: list[dict[str, Any]] = []
    async with control.stream("GET", "/events/stream", params={"since": 1}) as stream, asyncio.timeout(10):
        await control.post("/acts", json={"device": "Room 103", "act": "tag"})
        async for line in stream.aiter_lines():
            if line.startswith("data: "):
                seen.append(json.loads(line.removeprefix("data: ")))
            if len(seen) == 2:
                break
    assert [event["what"] for event in seen] == ["tag", "rejected"]


async def test_site_ends_with_an_open_stream() -> None:
    async with (
        PracticeSite(seed=1) as site,
        httpx.AsyncClient(base_url=site.control) as client,
        client.stream("GET", "/events/stream") as stream,
        asyncio.timeout(10),
    ):
        await anext(stream.aiter_lines())
        await site.__aexit__(None, None, None)


async def test_cloud_faults_reach_the_cloud(practice_site: PracticeSite, control: httpx.AsyncClient) -> None:
    async with httpx.AsyncClient(base_url=practice_site.cloud, timeout=10) as cloud:
        await control.post("/faults", json={"fault": "cloud-error", "on": True, "code": 3105})
        assert "3105" in (await cloud.get("/v1.2/sites")).text
        await control.post("/faults", json={"fault": "cloud-offline", "on": True})
        with pytest.raises(httpx.TransportError):
            await cloud.get("/v1.2/sites")
        await control.post("/faults", json={"fault": "cloud-offline", "on": False})
        assert (await cloud.get("/v1.2/sites")).status_code in (200, 401)
