"""A small estate with real trees, a clock that is moved by waiting, and a client against the app."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence

import httpx
import pytest
from starlette.applications import Starlette

from larry.cloud.client import CloudClient
from larry.cloud.practice_sign_in import PracticeSignIn
from larry.simulator.practice_cloud.app import create_app
from larry.simulator.practice_cloud.cloud_faults import CloudFaults
from larry.simulator.practice_cloud.estate import CloudIq, TreeRow
from larry.simulator.world.iq_tree import IqTree, TreeItem

URL = "http://127.0.0.1:9"


class EstateIq:
    """An IQ with the world's own tree and nothing else of the world."""

    model, firmware = "iq2-bluenet", "4.2.0"

    def __init__(self, number: int) -> None:
        self.device_id = f"0011223344550{number}"
        self.mac = f"00.11.0{number}"
        self.activation_code = f"CODE-{number}"
        self.online = True
        self.restore_required = False
        self.tree = IqTree()
        self.joined: tuple[str, str] | None = None

    @property
    def tree_revision(self) -> int:
        return self.tree.revision

    def tree_items(self) -> list[TreeRow]:
        return [TreeRow(i.device_id, i.parent_id, i.kind, i.link_state, i.name) for i in self.tree.items]

    def put_tree(self, items: Sequence[TreeRow]) -> None:
        self.tree.write([TreeItem(*row) for row in items], None)

    def detach(self, device_id: str) -> None:
        self.tree.detach(device_id)

    def lock_online(self, device_id: str) -> bool:
        item = self.tree.find(device_id)
        return item is not None and item.link_state == "attached"

    def lock_battery(self, device_id: str) -> int | None:
        return 96 if self.tree.find(device_id) else None

    def joined_site(self, time_zone: str, name: str) -> None:
        self.joined = (time_zone, name)

    def left_site(self) -> None:
        self.joined = None

    def card(self, device_id: str) -> None:
        """Present the maintenance card."""
        item = self.tree.find(device_id)
        assert item is not None
        after = {"attached_pending": "attached", "detached_pending": "detached"}
        self.tree.set_link_state(device_id, after[item.link_state])


class TwoIqs:
    """The estate."""

    def __init__(self) -> None:
        self.lobby, self.upper = EstateIq(1), EstateIq(2)

    def iqs(self) -> list[CloudIq]:
        return [self.lobby, self.upper]

    def iq_by_activation_code(self, code: str) -> CloudIq | None:
        return next((iq for iq in self.iqs() if iq.activation_code == code), None)


class SharedClock:
    """One time for the practice cloud and the client; the client's waiting moves it."""

    def __init__(self) -> None:
        self.at_s = 0.0
        self.slept: list[float] = []

    def now_s(self) -> float:
        return self.at_s

    def monotonic_s(self) -> float:
        return self.at_s

    def utc_s(self) -> float:
        return self.at_s

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at_s += seconds


@pytest.fixture
def estate() -> TwoIqs:
    return TwoIqs()


@pytest.fixture
def clock() -> SharedClock:
    return SharedClock()


@pytest.fixture
def faults() -> CloudFaults:
    return CloudFaults()


@pytest.fixture
def app(estate: TwoIqs, faults: CloudFaults, clock: SharedClock) -> Starlette:
    return create_app(estate, faults, clock, seed=7)


@pytest.fixture
async def raw(app: Starlette) -> AsyncIterator[httpx.AsyncClient]:
    """A plain HTTP client: browser, mailbox, malformed requests."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url=URL) as client:
        yield client


@pytest.fixture(params=["v1.2", "v2"])
async def client(
    app: Starlette, clock: SharedClock, request: pytest.FixtureRequest
) -> AsyncIterator[CloudClient]:
    """Larry's own client, signed in as installer, once per version of the routes."""
    transport = httpx.ASGITransport(app)
    sign_in = PracticeSignIn(URL, transport=transport)
    async with CloudClient(
        URL, sign_in, transport=transport, clock=clock, api_version=request.param
    ) as client:
        yield client
