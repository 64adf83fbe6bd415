"""The steps of a repeater and of a lock: Device ID, parent, attach, card or button, attached, online."""

from __future__ import annotations

from larry.domain.finding import Severity
from larry.domain.kind import Kind
from larry.errors import DeviceRefusedError
from larry.services.commission.actual_tree import find_item, may_attach, place_in_tree, same_parent
from larry.services.commission.physical_act import PhysicalAct
from larry.services.commission.ports import JobLink, ReportedItem, ReportedTree
from larry.services.commission.procedure import Procedure, StepSpec
from larry.services.commission.step_cloud_name import name_in_cloud
from larry.services.commission.step_context import StepContext
from larry.services.commission.step_open import StepOpenError

CARD_S = 120.0
"""Wait for a card: 2 minutes, then the step stays open (domain.md 2, our assumption)."""
ONLINE_S = 90.0
TREE_EVERY = 5
"""Events tell what happens; every fifth time the tree is read as well, in case an event was lost."""


async def check_device_id(context: StepContext) -> str:
    """Know which device it is: its ID was assigned."""
    return context.line("device-id", device_id=context.device_id)


async def check_parent(context: StepContext) -> str:
    """Reach the IQ above and see that the repeater above is attached."""
    iq = context.iq
    link = await context.session()
    tree = await link.read_tree()
    parent = context.project.site.nodes[context.node.parent or iq.id]
    if parent.kind is Kind.REPEATER:
        item = find_item(tree, parent.device_id or "")
        if item is None or item.link_state != "attached":
            raise context.open("parent-not-attached")
        return context.line("parent-ready-repeater")
    return context.line("parent-ready")


async def attach(context: StepContext) -> str:
    """Give the order to the IQ; it is appended at the end of its tree, which is never sorted."""
    link = await context.session()
    tree = await link.read_tree()
    item = find_item(tree, context.device_id)
    if item is not None:
        _must_be_planned_place(context, item)
        _note_item(context, tree, item)
        return context.line("attach-known", link_state=item.link_state)
    _must_fit(context, tree)
    state = await _order(context, link, tree)
    context.project.record_written(
        context.node_id, {"parent": context.node.parent, "device_id": context.device_id}
    )
    context.project.record_observed(context.node_id, {"link_state": state})
    return context.line("attach-sent", link_state=state)


async def await_card(context: StepContext) -> str:
    """Wait for the maintenance card."""
    return await _await_link(context, "card", PhysicalAct.MAINTENANCE_CARD)


async def await_button(context: StepContext) -> str:
    """Wait for the reset button of the repeater."""
    return await _await_link(context, "button", PhysicalAct.RESET_2S)


async def read_back(context: StepContext) -> str:
    """Read the tree again: attached, and at the planned place."""
    link = await context.session()
    tree = await link.read_tree()
    item = find_item(tree, context.device_id)
    if item is None or item.link_state != "attached":
        context.project.record_observed(context.node_id, {"link_state": item.link_state if item else "free"})
        raise context.open("not-attached", link_state=item.link_state if item else "free")
    _must_be_planned_place(context, item)
    _note_item(context, tree, item)
    return context.line("attached", revision=tree.revision)


async def come_online(context: StepContext) -> str:
    """Wait for its first sign of life at the IQ."""

    async def is_online() -> bool | None:
        await context.feed.read(await context.session())
        return context.feed.online(context.device_id) or None

    try:
        if not await is_online():
            await context.wait("node-online", is_online, seconds=ONLINE_S)
    except StepOpenError:
        context.project.record_observed(context.node_id, {"online": False})
        raise
    context.project.record_observed(context.node_id, {"online": True})
    return context.line("online")


async def _await_link(context: StepContext, key: str, act: PhysicalAct) -> str:
    link = await context.session()
    await context.feed.read(link)
    mark = context.feed.mark(context.device_id)
    asked = 0

    async def linked() -> ReportedTree | None:
        nonlocal asked
        asked += 1
        link = await context.session()
        await context.feed.read(link)
        news = context.feed.since_mark(context.device_id, mark)
        if "attached-elsewhere" in news:
            context.project.record_observed(context.node_id, {"led": "red solid"})
            raise context.open("attached-elsewhere")
        if "out-of-range" in news:
            raise context.open("parent-does-not-hear")
        if "attached" not in news and asked % TREE_EVERY != 1:
            return None
        tree = await link.read_tree()
        item = find_item(tree, context.device_id)
        return tree if item is not None and item.link_state == "attached" else None

    tree = await linked()
    if tree is None:
        tree = await context.wait(key, linked, seconds=CARD_S, act=act)
    return context.line(f"{key}-taken")


async def _order(context: StepContext, link: JobLink, tree: ReportedTree) -> str:
    parent = context.project.site.nodes[context.node.parent or context.iq.id]
    parent_device_id = None if parent.kind is Kind.IQ else parent.device_id
    kind = context.node.kind.value
    try:
        return await link.attach(context.device_id, parent_device_id, kind)
    except DeviceRefusedError as refusal:
        if refusal.code == "too-many-locks":
            raise context.open("too-many-locks", why=refusal.why, remedy=refusal.remedy) from refusal
        if refusal.code == "attached-elsewhere":
            raise context.open("attached-elsewhere") from refusal
        if refusal.code != "tree-stale":
            raise
    # Somebody else changed the tree between reading and writing: read it, show it, try once more.
    changed = await link.read_tree()
    context.say("detail-changed", "warn", before=tree.revision, after=changed.revision)
    _must_fit(context, changed)
    try:
        return await link.attach(context.device_id, parent_device_id, kind)
    except DeviceRefusedError as refusal:
        if refusal.code != "tree-stale":
            raise
        raise context.open("tree-stale") from refusal


def _must_fit(context: StepContext, tree: ReportedTree) -> None:
    project = context.project
    placement = may_attach(project.site, project.catalogue, project.records, context.iq, context.node, tree)
    errors = [finding for finding in placement.findings if finding.severity is Severity.ERROR]
    if errors:
        raise context.open("not-possible", code=errors[0].code, finding=errors[0].message, fix=errors[0].fix)
    if context.node.kind is Kind.LOCK and placement.load is not None:
        context.say("room", "ok", count=placement.load, limit=placement.limit)


def _must_be_planned_place(context: StepContext, item: ReportedItem) -> None:
    site = context.project.site
    parent = site.nodes[context.node.parent or context.iq.id]
    if item.link_state == "detached_pending":
        raise context.open("leaving")
    if not same_parent(item, parent):
        by_id = {node.device_id: node.name for node in site.nodes.values() if node.device_id}
        there = item.parent_device_id or context.iq.device_id or ""
        actual = by_id.get(there, there)
        raise context.open("other-place", planned=parent.name, actual=actual)


def _note_item(context: StepContext, tree: ReportedTree, item: ReportedItem) -> None:
    context.project.record_observed(
        context.node_id,
        {
            "device_id": context.device_id,
            "link_state": item.link_state,
            "parent": context.node.parent,
            "attached_to": context.iq.device_id,
            "tree_revision": tree.revision,
            "tree_place": place_in_tree(tree, context.device_id),
        },
    )


_BEFORE = (
    StepSpec("device-id", check_device_id),
    StepSpec("parent", check_parent, needs=("device-id",)),
    StepSpec("attach", attach, needs=("parent",)),
)


def _after(act: str) -> tuple[StepSpec, ...]:
    return (
        StepSpec("attached", read_back, needs=(act,)),
        StepSpec("online", come_online, needs=("attached",)),
        StepSpec("cloud", name_in_cloud, needs=("attached",)),
    )


REPEATER_PROCEDURE = Procedure(
    "commission-repeater",
    (*_BEFORE, StepSpec("button", await_button, needs=("attach",)), *_after("button")),
)
LOCK_PROCEDURE = Procedure(
    "commission-lock", (*_BEFORE, StepSpec("card", await_card, needs=("attach",)), *_after("card"))
)
