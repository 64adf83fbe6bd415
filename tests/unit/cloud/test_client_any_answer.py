"""Whatever comes back, the caller meets an error of ours or a record, never anything else."""

from __future__ import annotations

import asyncio

import httpx
from hypothesis import given
from hypothesis import strategies as st

from larry.cloud.client import CloudClient
from larry.cloud.timeouts import CloudTimeouts
from larry.errors import CloudRefusedError, CloudUnreachableError

KEYS = st.sampled_from(
    ["id", "items", "next_page_link", "count", "ErrorCode", "Message", "type", "code", "owner", "iq", "mac"]
)
LEAVES = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=8)
    | st.sampled_from(["s1", "/v1.2/x", "2203"])
)
JSON = st.recursive(
    LEAVES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4),
    max_leaves=12,
)
STATUSES = st.sampled_from([200, 201, 204, 302, 400, 401, 403, 404, 409, 500, 502, 511])
KINDS = st.sampled_from(["application/json", "application/problem+json", "text/html", "text/plain", ""])


@given(body=JSON, status=STATUSES, kind=KINDS, cut=st.integers(0, 40) | st.none())
def test_any_answer(body: object, status: int, kind: str, cut: int | None) -> None:
    content = httpx.Response(200, json=body).content[:cut]

    def handler(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=content, headers={"Content-Type": kind})

    met: list[CloudRefusedError | CloudUnreachableError] = []

    async def ask() -> None:
        client = CloudClient(
            "https://cloud.example.com",
            lambda: "token",
            transport=httpx.MockTransport(handler),
            timeouts=CloudTimeouts(settle_s=0, busy_s=0),
        )
        async with client:
            for call in (
                client.sites(),
                client.iq("s", "i"),
                client.put_tree("s", "i", []),
                client.locks("s"),
            ):
                try:
                    await call
                except (CloudRefusedError, CloudUnreachableError) as error:
                    met.append(error)

    asyncio.run(ask())
    assert all(error.what and error.why and error.remedy for error in met)
