"""A detach in two phases: the state outlives the program, the IQ's tree outranks what was kept."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from small_site import small_site

from larry.domain.edits import SetNode
from larry.domain.kind import Kind
from larry.errors import DeviceDisconnectedError, DeviceNotFoundError, DeviceRefusedError, InputError
from larry.services.procedures.detach_node import DetachNode, DetachStep
from larry.services.procedures.which_iq import which_iq
from larry.services.project import Project

LOCK = "00A1B2C35D0288"


@dataclass
class Item:
    device_id: str
    link_state: str
    parent_device_id: str | None = None
    kind: str = "lock"


@dataclass
class Tree:
    items: list[Item]
    revision: int = 1


@dataclass
class Iq:
    items: list[Item] = field(default_factory=list)
    code: str = "CODE"
    orders: list[str] = field(default_factory=list)
    lost: int = 0
    on_look: Callable[[], None] = lambda: None

    async def unlock(self, activation_code: str) -> None:
        if activation_code != self.code:
            raise DeviceRefusedError("Wrong.", code="activation-code")

    async def read_tree(self) -> Tree:
        self.on_look()
        if self.lost:
            self.lost -= 1
            raise DeviceDisconnectedError("The link was lost.")
        return Tree(list(self.items))

    async def detach(self, device_id: str) -> str:
        self.orders.append(device_id)
        self.items[0].link_state = "detached_pending"
        return "detached_pending"

    async def close(self) -> None:
        pass


class Devices:
    def __init__(self, **iqs: Iq) -> None:
        self.iqs = iqs

    async def open(self, identity_or_target: str, timeout_s: float = 1, *, prefer: str = "ble") -> Iq:
        if identity_or_target not in self.iqs:
            raise DeviceNotFoundError(f"{identity_or_target} was not found.")
        return self.iqs[identity_or_target]


class Clock:
    now_s = 0.0

    def monotonic_s(self) -> float:
        return self.now_s

    def utc_iso(self, in_s: float = 0.0) -> str:
        return "2026-11-20T14:00:00Z"

    async def wait(self, event: asyncio.Event, seconds: float) -> None:
        self.now_s += seconds


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    site = small_site()
    iqs = [node for node in site.walk() if node.kind is Kind.IQ]
    for number, iq in enumerate(iqs):
        SetNode(iq.id, "device_id", f"IQ{number}").apply(site)
    lock = next(node for node in site.walk(iqs[0].id) if node.kind is Kind.LOCK)
    SetNode(lock.id, "device_id", LOCK).apply(site)
    with Project.create(tmp_path / "site.larry", site, passphrase=lambda: "practice") as project:
        for iq in iqs:
            project.secrets.set(iq.id, "activation_code", "CODE")
        yield project


def lock_id(project: Project) -> str:
    return next(node.id for node in project.site.nodes.values() if node.device_id == LOCK)


def job(project: Project, iq: Iq) -> DetachNode:
    return DetachNode(project, Devices(IQ0=iq), Clock())  # type: ignore[arg-type]


async def test_ordered_then_card_then_proof(project: Project) -> None:
    iq = Iq([Item(LOCK, "attached")])
    looks = iter(range(100))

    def card_at_the_fifth_look() -> None:
        if next(looks) == 5:
            iq.items[0].link_state = "detached"

    iq.on_look = card_at_the_fifth_look
    node = lock_id(project)
    seen: list[DetachStep] = []
    state = await job(project, iq).run(node, on_state=lambda now: seen.append(now.step))
    assert (seen, state.step) == ([DetachStep.CARD], DetachStep.PROOF)
    assert iq.orders == [LOCK]
    assert project.records[node].seen("link_state") == "detached"
    free = job(project, iq).answer_proof(node, opened=True)
    assert free.step is DetachStep.FREE
    assert project.records[node].seen("link_state") == "free"


async def test_waiting_for_the_card_outlives_the_program(project: Project) -> None:
    iq, node = Iq([Item(LOCK, "attached")]), lock_id(project)
    assert (await job(project, iq).run(node, card_s=3)).step is DetachStep.CARD
    path = project.path
    project.close()
    with Project.open(path, passphrase=lambda: "practice") as again:
        assert job(again, iq).state(node).step is DetachStep.CARD
        iq.items[0].link_state = "detached"  # the card came while nobody looked
        assert (await job(again, iq).run(node)).step is DetachStep.PROOF
        assert iq.orders == [LOCK], "ordered once"


async def test_a_link_lost_while_waiting_is_taken_up_again(project: Project) -> None:
    iq, node = Iq([Item(LOCK, "attached")]), lock_id(project)
    await job(project, iq).run(node, card_s=0)
    iq.lost = 3
    iq.on_look = lambda: setattr(iq.items[0], "link_state", "detached") if iq.lost == 0 else None
    assert (await job(project, iq).run(node)).step is DetachStep.PROOF


async def test_before_the_order_an_iq_out_of_reach_is_an_error(project: Project) -> None:
    node = lock_id(project)
    with pytest.raises(DeviceNotFoundError):
        await DetachNode(project, Devices(), Clock()).run(node)  # type: ignore[arg-type]
    assert job(project, Iq()).state(node).step is DetachStep.ORDER


async def test_a_rejected_lock_is_never_called_free(project: Project) -> None:
    iq, node = Iq([Item(LOCK, "detached")]), lock_id(project)
    with pytest.raises(InputError):
        job(project, iq).answer_proof(node, opened=True)
    await job(project, iq).run(node)
    state = job(project, iq).answer_proof(node, opened=False)
    assert state.step is DetachStep.REJECTED
    assert "which-iq" in state.way_back
    assert project.records[node].seen("link_state") == "attached"


async def test_attached_again_since_then_starts_anew(project: Project) -> None:
    iq, node = Iq([Item(LOCK, "detached")]), lock_id(project)
    await job(project, iq).run(node)
    job(project, iq).answer_proof(node, opened=False)
    iq.items[0].link_state = "attached"
    assert (await job(project, iq).run(node, card_s=0)).step is DetachStep.CARD
    assert iq.orders == [LOCK]


async def test_free_stays_free_until_the_iq_says_otherwise(project: Project) -> None:
    iq, node = Iq([Item(LOCK, "detached")]), lock_id(project)
    await job(project, iq).run(node)
    job(project, iq).answer_proof(node, opened=True)
    assert (await job(project, iq).run(node)).step is DetachStep.FREE
    iq.items[0].link_state = "attached"
    assert (await job(project, iq).run(node, card_s=0)).step is DetachStep.CARD, "the tree outranks"
    iq.items[0].link_state = "detached"
    assert (await job(project, iq).run(node)).step is DetachStep.PROOF, "to be proven anew"


async def test_a_repeater_is_free_after_clear(project: Project) -> None:
    repeater = next(node for node in project.site.walk("iq1") if node.kind is Kind.REPEATER)
    project.do(SetNode(repeater.id, "device_id", "0011223344556A"), "id")
    iq = Iq([Item("0011223344556A", "attached", kind="repeater")])
    waiting = await job(project, iq).run(repeater.id, card_s=0)
    assert "CLEAR" in waiting.headline
    with pytest.raises(InputError):
        job(project, iq).answer_proof(repeater.id, opened=True)
    iq.items[0].link_state = "detached"
    assert (await job(project, iq).run(repeater.id)).step is DetachStep.FREE


async def test_only_locks_and_repeaters_of_the_plan(project: Project) -> None:
    iq_id = next(node.id for node in project.site.nodes.values() if node.kind is Kind.IQ)
    for wrong in (iq_id, "nothing", "l9"):
        with pytest.raises(InputError):
            await job(project, Iq()).run(wrong)


async def test_every_iq_is_asked_which_one_holds_it(project: Project) -> None:
    devices = Devices(IQ1=Iq([Item(LOCK.lower(), "attached_pending")]))
    answers = await which_iq(project, devices, LOCK)  # type: ignore[arg-type]
    assert [(answer.link_state, answer.holds, bool(answer.problem)) for answer in answers] == [
        (None, False, True),
        ("attached_pending", True, False),
    ]
    devices = Devices(IQ0=Iq([Item(LOCK, "detached")]), IQ1=Iq(code="another"))
    answers = await which_iq(project, devices, LOCK)  # type: ignore[arg-type]
    assert [answer.holds for answer in answers] == [False, False]
    assert answers[1].problem, "a wrong code ends nothing"
