"""Writing a whole tree: what the cloud checks before the IQ hears of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from larry.simulator.practice_cloud.api_error import ApiError
from larry.simulator.practice_cloud.cloud_state import CloudState
from larry.simulator.practice_cloud.estate import TreeRow
from larry.simulator.practice_cloud.request_body import text
from larry.simulator.practice_cloud.site_record import IqRecord, SiteRecord
from larry.simulator.world.iq_tree import LINKED, TreeItem, check_tree
from larry.simulator.world.refusal import RefusalError


def write_tree(state: CloudState, site: SiteRecord, record: IqRecord, body: Any) -> None:
    """Check a tree as sent by a client and give it to the IQ, in the order it was sent.

    Items without `id` are new and need a `mac`. A linked item may not be left out: its detach is confirmed at
    the device first. After the release, what changes needs a Code.

    Raises:
        ApiError: 1100, 1101, 2202 (unknown id, Code), 2204 (tree not valid), 3103, 3105.
    """
    items = _items(body)
    rows = _rows(state, record, items)
    _check_codes(state, site, record, items, rows)
    if not record.iq.online:
        raise ApiError(3105)
    if record.iq.restore_required:
        raise ApiError(3103)
    _check(state, record, rows)
    try:
        record.iq.put_tree(rows)
    except RefusalError as refusal:
        raise ApiError(2204, refusal.text) from refusal
    record.refresh()


def _items(body: Any) -> list[Mapping[str, Any]]:
    items = body.get("items") if isinstance(body, dict) else body
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise ApiError(1100, "An array of tree items was expected")
    return items


def _rows(state: CloudState, record: IqRecord, items: list[Mapping[str, Any]]) -> list[TreeRow]:
    known = {state.id_of("node", row.device_id): row for row in record.live_tree}
    return [_row(item, known) for item in items]


def _row(item: Mapping[str, Any], known: Mapping[str, TreeRow]) -> TreeRow:
    kind = item.get("hardware_type")
    if kind not in ("lock", "repeater"):
        raise ApiError(1101, "Value of 'hardware_type' is invalid.")
    name = text(item, "customer_reference", needed=False)
    parent_id = item.get("parent_id")
    if parent_id is not None and parent_id not in known:
        raise ApiError(2204, "A parent is not in the tree")
    parent = known[parent_id].device_id if parent_id is not None else None
    if item.get("id") is None:
        return TreeRow(text(item, "mac").upper(), parent, kind, "attached_pending", name)
    row = known.get(item["id"])
    if row is None:
        raise ApiError(2202, "A tree item is not known")
    if row.kind != kind:
        raise ApiError(2204, "A lock cannot become a repeater")
    return TreeRow(row.device_id, parent, kind, row.link_state, name or row.name)


def _check_codes(
    state: CloudState,
    site: SiteRecord,
    record: IqRecord,
    items: list[Mapping[str, Any]],
    rows: list[TreeRow],
) -> None:
    codes = [item["otp"] for item in items if item.get("otp") is not None]
    for code in codes:
        state.check_code(site, code)
    changed = {row.device_id for row in rows} != {row.device_id for row in record.live_tree}
    if site.released and changed and not codes:
        raise ApiError(2202, "Code invalid")


def _check(state: CloudState, record: IqRecord, rows: list[TreeRow]) -> None:
    kept = {row.device_id for row in rows}
    if any(
        row.device_id not in kept and row.link_state in LINKED for row in record.tree if row.kind == "lock"
    ):
        raise ApiError(2204, "A lock that is still attached cannot be left out")
    for other in state.all_iqs():
        if other is not record and any(row.device_id in kept for row in other.live_tree):
            raise ApiError(2204, "A device is in the tree of another IQ")
    try:
        check_tree([TreeItem(*row) for row in rows])
    except RefusalError as refusal:
        raise ApiError(2204, refusal.text) from refusal
