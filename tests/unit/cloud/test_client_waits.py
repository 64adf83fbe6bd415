"""Eventual consistency and busy clouds are waited for; nothing else is repeated."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import pytest

from larry.cloud.client import CloudClient
from larry.cloud.cloud_wait import CloudWait
from larry.errors import CloudRefusedError, CloudUnreachableError

ClientOf = Callable[..., CloudClient]
IQ = {"id": "iq-1", "customer_reference": "IQ Lobby"}


class Server:
    """Adds the IQ at once; its routes refuse until `ready_s` on the client's clock."""

    def __init__(self, clock: Any, ready_s: float, status: int = 403, code: int = 2203) -> None:
        self.clock, self.ready_s = clock, clock.now_s + ready_s
        self.refusal = httpx.Response(status, json={"ErrorCode": code, "Message": "not yet"})
        self.requests = 0

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        if request.method == "POST":
            return httpx.Response(201, json=IQ)
        if self.clock.now_s < self.ready_s:
            return self.refusal
        return httpx.Response(200, json=[] if request.url.path.endswith("tree") else IQ)


@pytest.mark.parametrize(("status", "code"), [(403, 2203), (404, 2202)])
async def test_a_new_iq_is_waited_for(
    client_of: ClientOf, hand_clock: Any, waits: list[CloudWait], status: int, code: int
) -> None:
    server = Server(hand_clock, 20.0, status, code)
    client = client_of(server)
    iq = await client.add_iq("s", "IQ Lobby", "UTC", "abc")
    assert await client.tree("s", iq.id) == []
    assert hand_clock.slept == [1, 2, 4, 8, 8]
    assert {wait.reason for wait in waits} == {"settling"}
    assert [wait.deadline_s for wait in waits] == [60, 59, 57, 53, 45]


async def test_the_wait_ends_after_a_minute(client_of: ClientOf, hand_clock: Any) -> None:
    client = client_of(Server(hand_clock, 500.0))
    iq = await client.add_iq("s", "IQ Lobby", "UTC", "abc")
    with pytest.raises(CloudRefusedError) as caught:
        await client.iq("s", iq.id)
    assert caught.value.code == "2203"
    assert sum(hand_clock.slept) == 60.0


async def test_an_old_thing_is_refused_at_once(client_of: ClientOf, hand_clock: Any) -> None:
    server = Server(hand_clock, 20.0)
    with pytest.raises(CloudRefusedError):
        await client_of(server).iq("s", "iq-1")
    assert (server.requests, hand_clock.slept) == (1, [])


async def test_a_resumed_job_can_say_that_a_thing_is_new(client_of: ClientOf, hand_clock: Any) -> None:
    client = client_of(Server(hand_clock, 3.0))
    client.expect_new("iq-1")
    assert (await client.iq("s", "iq-1")).id == "iq-1"


async def test_another_code_for_a_new_thing_is_not_repeated(client_of: ClientOf, hand_clock: Any) -> None:
    client = client_of(Server(hand_clock, 20.0, 400, 3105))
    iq = await client.add_iq("s", "IQ Lobby", "UTC", "abc")
    with pytest.raises(CloudRefusedError) as caught:
        await client.iq("s", iq.id)
    assert caught.value.code == "3105"
    assert hand_clock.slept == []


@pytest.mark.parametrize(
    ("status", "headers", "pause_s"),
    [
        (429, {"Retry-After": "7"}, 7),
        (429, {}, 5),
        (503, {"Retry-After": "2"}, 2),
        (429, {"Retry-After": "0"}, 0.1),
    ],
)
async def test_a_busy_cloud_is_waited_for(
    client_of: ClientOf,
    hand_clock: Any,
    waits: list[CloudWait],
    status: int,
    headers: dict[str, str],
    pause_s: float,
) -> None:
    answers = [httpx.Response(status, headers=headers), httpx.Response(200, json=[])]
    assert await client_of(lambda request: answers.pop(0)).sites() == []
    assert hand_clock.slept == [pause_s]
    assert [wait.reason for wait in waits] == ["busy"]


async def test_a_cloud_that_is_busy_for_too_long(client_of: ClientOf, hand_clock: Any) -> None:
    always = httpx.Response(429, headers={"Retry-After": "25"})
    with pytest.raises(CloudUnreachableError, match="asks to wait 25 s"):
        await client_of(lambda request: always).sites()
    assert hand_clock.slept == [25, 25]


@pytest.mark.parametrize("error", [httpx.ReadTimeout("late"), httpx.RemoteProtocolError("gone")])
async def test_a_lost_answer_is_never_sent_again(
    client_of: ClientOf, hand_clock: Any, error: httpx.HTTPError
) -> None:
    requests = []

    def handler(request: httpx.Request) -> httpx.Response:
        requests.append(request)
        raise error

    with pytest.raises(CloudUnreachableError, match="may have arrived"):
        await client_of(handler).add_iq("s", "IQ Lobby", "UTC", "abc")
    assert len(requests) == 1
