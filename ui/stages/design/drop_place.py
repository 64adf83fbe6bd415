"""Which place of the tree is meant: on a row, or in the gap between two."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex

from ui.models.payload import Payload
from ui.models.place_answers import PARKED, DropTarget
from ui.models.site_tree_model import SiteTreeModel

EDGE = 0.28
"""Share of a row's height at its upper and lower edge that counts as the gap."""


def drop_place(model: SiteTreeModel, index: QModelIndex, share: float, payload: Payload) -> DropTarget:
    """Return the place under the pointer.

    A gap counts only where it means something: between the siblings of the dragged device, or beside a
    lock whose parent would take the device. A row that refuses never turns into its neighbour's gap.

    Args:
        index: the row under the pointer, invalid beside the tree.
        share: how far down in the row the pointer is, 0 to 1.
    """
    if not index.isValid():
        return DropTarget(None)
    node_id = model.node_id(index)
    if payload.found is not None or node_id == PARKED or payload.node_id not in model.site.nodes:
        return DropTarget(node_id)
    if EDGE < share < 1 - EDGE:
        return DropTarget(node_id)
    return _gap(model, index, share >= 0.5, payload) or DropTarget(node_id)


def _gap(model: SiteTreeModel, index: QModelIndex, below: bool, payload: Payload) -> DropTarget | None:
    node_id, parent = model.node_id(index), model.node_id(index.parent())
    home = model.node_id(model.index_of(payload.node_id or "").parent())
    target = DropTarget(parent or None, index.row() + (1 if below else 0))
    if parent == home:
        return target
    refused = model.answer(payload, DropTarget(node_id)).edit is None
    if (refused and model.facts(node_id).kind != "lock") or parent in ("", PARKED):
        return None
    return target if model.answer(payload, target).edit is not None else None
