"""What the client makes of answers: lists, records, errors, and answers that are not the cloud's."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from larry.cloud.client import CloudClient
from larry.cloud.cloud_tree_item import CloudTreeItem
from larry.cloud.timeouts import CloudTimeouts
from larry.errors import CloudRefusedError, CloudUnreachableError, InputError

ClientOf = Callable[..., CloudClient]
SITE = {"id": "s1", "site_uid": "AT000000001", "customer_reference": "Hotel Adler", "colour": "blue"}


def answer(body: Any, status: int = 200) -> Callable[[httpx.Request], httpx.Response]:
    return lambda request: httpx.Response(status, json=body)


async def test_bare_array(client_of: ClientOf) -> None:
    sites = await client_of(answer([SITE])).sites()
    assert [(site.id, site.customer_reference, site.extra) for site in sites] == [
        ("s1", "Hotel Adler", {"colour": "blue"})
    ]


async def test_pages_are_followed_on_the_own_host(client_of: ClientOf) -> None:
    asked: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        asked.append(str(request.url))
        number = len(asked)
        link = f"http://inner.example.net/v1.2/sites?page={number + 1}" if number < 3 else None
        return httpx.Response(200, json={"items": [{"id": f"s{number}"}], "next_page_link": link, "count": 3})

    sites = await client_of(handler).sites()
    assert [site.id for site in sites] == ["s1", "s2", "s3"]
    assert asked == [f"https://cloud.example.com/v1.2/sites{end}" for end in ("", "?page=2", "?page=3")]


async def test_pages_in_a_circle_end(client_of: ClientOf) -> None:
    body = {"items": [SITE], "next_page_link": "/v1.2/sites", "count": 1}
    with pytest.raises(CloudUnreachableError, match="not the cloud Larry knows"):
        await client_of(answer(body)).sites()


@pytest.mark.parametrize(
    "body", [{"items": None}, "x", 7, {"sites": []}, [{"site_uid": "no id"}], ["x"], [{"id": 5}]]
)
async def test_other_json_is_not_the_clouds(client_of: ClientOf, body: Any) -> None:
    with pytest.raises(CloudUnreachableError, match="not the cloud Larry knows") as caught:
        await client_of(answer(body)).sites()
    assert caught.value.exit_code == 3


async def test_error_with_http_200(client_of: ClientOf) -> None:
    with pytest.raises(CloudRefusedError) as caught:
        await client_of(answer({"ErrorCode": 2211, "Message": "x"})).add_iq("s", "IQ Lobby", "UTC", "abc")
    assert caught.value.code == "2211"
    assert caught.value.what == "IQ Lobby not added to the cloud."
    assert caught.value.exit_code == 1


async def test_a_code_that_was_sent_is_named_as_the_cause(client_of: ClientOf) -> None:
    client = client_of(answer({"ErrorCode": 2202, "Message": "x"}, 404))
    with pytest.raises(CloudRefusedError, match="Code was refused"):
        await client.detach_lock("s", "l", otp="AB12C")
    with pytest.raises(CloudRefusedError, match="does not know"):
        await client.detach_lock("s", "l")


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, html="<h1>Sign in</h1>"),
        httpx.Response(302, headers={"Location": "http://portal.example/"}),
        httpx.Response(511, text="sign in"),
    ],
)
async def test_captive_portal(client_of: ClientOf, response: httpx.Response) -> None:
    with pytest.raises(CloudUnreachableError, match="asks for a sign-in first"):
        await client_of(lambda request: response).sites()


@pytest.mark.parametrize(
    "response", [httpx.Response(502, html="<h1>Bad</h1>"), httpx.Response(503), httpx.Response(500)]
)
async def test_trouble_of_the_cloud(client_of: ClientOf, response: httpx.Response) -> None:
    with pytest.raises(CloudUnreachableError, match="trouble of its own") as caught:
        await client_of(lambda request: response).sites()
    assert "may have arrived" not in str(caught.value)
    with pytest.raises(CloudUnreachableError, match="may have arrived"):
        await client_of(lambda request: response).add_iq("s", "IQ", "UTC", "abc")


@pytest.mark.parametrize(
    "response",
    [
        httpx.Response(200, text="{half"),
        httpx.Response(403, html="<h1>Blocked by the proxy</h1>"),
        httpx.Response(404, html="<h1>Another web server</h1>"),
    ],
)
async def test_somebody_else_answers(client_of: ClientOf, response: httpx.Response) -> None:
    with pytest.raises(CloudUnreachableError, match="not the cloud Larry knows"):
        await client_of(lambda request: response).sites()


async def test_an_answer_that_never_ends(client_of: ClientOf) -> None:
    async def never(request: httpx.Request) -> httpx.Response:
        await asyncio.Event().wait()
        raise AssertionError

    client = client_of(never, timeouts=CloudTimeouts(connect_s=0.02, answer_s=0.03))
    with pytest.raises(CloudUnreachableError, match=r"did not answer within 0\.03 s"):
        await client.sites()


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (httpx.ConnectError("refused"), "no internet here"),
        (httpx.ConnectTimeout("late"), "no internet here"),
        (httpx.ReadTimeout("late"), "did not answer within 30 s"),
        (httpx.RemoteProtocolError("gone"), "cut the connection"),
        (httpx.ReadError("gone"), "cut the connection"),
        (ConnectionResetError("gone"), "cut the connection"),
        (httpx.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] expired"), "clock is wrong"),
        (httpx.DecodingError("bad gzip"), "not the cloud Larry knows"),
    ],
)
async def test_no_answer(client_of: ClientOf, error: Exception, words: str) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(CloudUnreachableError, match=words) as caught:
        await client_of(handler).sites()
    assert caught.value.exit_code == 3
    assert caught.value.remedy


async def test_practice_cloud_not_started(client_of: ClientOf) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    with pytest.raises(CloudUnreachableError, match="Start the practice site"):
        await client_of(handler, base_url="http://127.0.0.1:1").sites()


async def test_the_tree_goes_out_in_the_order_given(client_of: ClientOf) -> None:
    sent: list[Any] = []

    def handler(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        return httpx.Response(200, json=sent[-1])

    tree = [
        CloudTreeItem("repeater", "z", None, "01", "Rep 1", extra={"colour": "blue"}),
        CloudTreeItem("lock", "a", "z", "02", "Room 2"),
        CloudTreeItem("lock", None, None, "03", "Room 1"),
    ]
    assert [item.mac for item in await client_of(handler).put_tree("s", "i", tree)] == ["01", "02", "03"]
    assert sent == [
        [
            {"colour": "blue", "parent_id": None, "hardware_type": "repeater", "mac": "01"}
            | {"customer_reference": "Rep 1", "id": "z"},
            {
                "parent_id": "z",
                "hardware_type": "lock",
                "mac": "02",
                "customer_reference": "Room 2",
                "id": "a",
            },
            {"parent_id": None, "hardware_type": "lock", "mac": "03", "customer_reference": "Room 1"},
        ]
    ]


async def test_a_tree_that_changed_meanwhile_is_not_written(client_of: ClientOf) -> None:
    methods: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        methods.append(request.method)
        return httpx.Response(200, json={"id": "i", "customer_reference": "IQ Upper", "revision": 42})

    with pytest.raises(CloudRefusedError, match=r"IQ Upper changed since it was read \(41, now 42\)"):
        await client_of(handler).put_tree("s", "i", [], expected_revision=41)
    assert methods == ["GET"]


async def test_ids_cannot_change_the_route(client_of: ClientOf) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        assert request.url.raw_path == b"/v1.2/sites/..%2F..%2Fx%3Fy"
        return httpx.Response(200, json=SITE)

    await client_of(handler).site("../../x?y")


async def test_a_host_without_the_capability_gets_a_printed_step(client_of: ClientOf) -> None:
    def handler(request: httpx.Request) -> httpx.Response:
        raise AssertionError("nothing may be asked")

    client = client_of(handler)
    with pytest.raises(
        CloudRefusedError, match="Release the site to the owner in SALTO's own tool"
    ) as caught:
        await client.release("s")
    assert caught.value.code == "not-offered"


async def test_the_token_and_the_activation_code_stay_out_of_logs_and_errors(
    client_of: ClientOf, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    seen: list[str] = []

    def handler(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["Authorization"])
        assert json.loads(request.content)["activation_code"] == "QX-7/AB"
        return httpx.Response(400, json={"ErrorCode": 1501, "Message": "bad QX-7/AB"})

    with pytest.raises(CloudRefusedError) as caught:
        await client_of(handler).add_iq("s", "IQ Lobby", "UTC", "  qx-7/ab ")
    assert seen == ["Bearer planted-secret-token"]
    for text in (
        caplog.text,
        str(caught.value),
        repr(caught.value),
        repr(CloudTreeItem("lock", otp="AB12C")),
    ):
        assert "planted-secret" not in text
        assert "QX-7" not in text.upper()
        assert "AB12C" not in text


@pytest.mark.parametrize("token", ["", "two words", "line\nbreak", "ümlaut"])
async def test_a_token_that_cannot_be_sent(client_of: ClientOf, token: str) -> None:
    with pytest.raises(InputError) as caught:
        await client_of(answer([]), token=lambda: token).sites()
    assert not token or token not in str(caught.value)


async def test_a_token_may_be_awaited(client_of: ClientOf) -> None:
    async def token() -> str:
        return "later"

    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, json=[{"id": request.headers["Authorization"]}])

    assert (await client_of(handler, token=token).sites())[0].id == "Bearer later"
