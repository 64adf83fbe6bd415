"""The tree model follows every change of the site, in the site's order, and asks the service about drops."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester

from larry.domain.edits import AddNode, MoveNode, remove_subtree
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.site import Site, SiteStructureError
from larry.services.place_node import FoundHardware
from ui.models.payload import found_mime, nodes_mime
from ui.models.site_tree_model import PARKED, SiteTreeModel

FATAL = QAbstractItemModelTester.FailureReportingMode.Fatal


class Hand:
    def __init__(self, site: Site) -> None:
        self.site, self.labels, self.inverses = site, [], []

    def do(self, edit, label) -> None:
        self.inverses.append(edit.apply(self.site))
        self.labels.append(label)


@pytest.fixture
def hand(site):
    return Hand(site)


@pytest.fixture
def model(dressed, site, catalogue, hand):
    model = SiteTreeModel(site, catalogue, {}, hand.do)
    yield model
    model.release()


def shape(model: SiteTreeModel, parent: QModelIndex = QModelIndex()) -> list:  # noqa: B008
    rows = [model.index(row, 0, parent) for row in range(model.rowCount(parent))]
    return [(model.node_id(index), shape(model, index)) for index in rows]


def expected(site: Site, parent: str) -> list:
    return [(each, expected(site, each)) for each in site.children(parent)]


def whole(site: Site) -> list:
    tops = site.children(None)
    iqs = [(each, expected(site, each)) for each in tops if site.nodes[each].kind is Kind.IQ]
    rest = [(each, expected(site, each)) for each in tops if site.nodes[each].kind is not Kind.IQ]
    return [*iqs, (PARKED, rest)]


def test_it_shows_the_site_in_tree_order(model, site, qtmodeltester) -> None:
    assert shape(model) == whole(site)
    qtmodeltester.check(model)


def test_random_edits_keep_model_and_site_equal(model, site, hand) -> None:
    tester = QAbstractItemModelTester(model, FATAL)
    rng = random.Random(20261120)
    for step in range(400):
        ids = list(site.nodes)
        kind = rng.choice(["move", "move", "move", "add", "remove", "undo"])
        try:
            if kind == "move":
                hand.do(
                    MoveNode(rng.choice(ids), rng.choice([*ids, None]), rng.choice([None, 0, 1, 3])), "move"
                )
            elif kind == "add":
                which = rng.choice([Kind.LOCK, Kind.LOCK, Kind.REPEATER, Kind.IQ])
                node = Node(f"n{step}", which, parent=rng.choice([*ids, None]), name=f"N {step}")
                hand.do(AddNode(node, rng.choice([None, 0, 2])), "add")
            elif kind == "remove" and len(ids) > 8:
                hand.do(remove_subtree(site, rng.choice(ids)), "remove")
            elif hand.inverses:
                hand.inverses.pop().apply(site)
        except SiteStructureError:
            continue
        assert shape(model) == whole(site), f"after step {step} ({kind})"
    assert tester is not None


def test_counters_and_words(model) -> None:
    def text(node_id: str, column: int) -> str:
        return model.index_of(node_id, column).data()

    assert text("iq1", 1) == "3 of 16 locks"
    assert text("iq2", 1) == "16 of 16 locks, full"
    assert text("l1", 2) == "12 dB"
    assert text("l2", 2) == "not measured"
    assert text("l9", 1) == "No parent"
    assert text("l2", 3) == "Planned"
    assert text("l2", 4) == "no ID yet"
    spoken = model.index_of("l1").data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Room 101, lock on Rep 1, planned, link margin 12 dB"


def test_a_drop_on_a_parent_moves_and_returns_false(model, site, hand) -> None:
    """False, because the edit has moved the row: the view must not delete it."""
    mime = nodes_mime(["l9"])
    target = model.index_of("r1")
    assert model.canDropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, target)
    assert not model.dropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, target)
    assert site.nodes["l9"].parent == "r1"
    assert hand.labels == ["Move Room 110 to Rep 1"]


def test_a_full_iq_refuses_with_the_number(model, site, hand, qtbot) -> None:
    mime = nodes_mime(["l9"])
    target = model.index_of("r2")
    assert not model.canDropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, target)
    with qtbot.waitSignal(model.refused) as caught:
        model.dropMimeData(mime, Qt.DropAction.MoveAction, -1, -1, target)
    answer = caught.args[0]
    assert "17 locks" in answer.reason
    assert "16" in answer.reason
    assert site.nodes["l9"].parent is None
    assert hand.labels == []


def test_a_drop_in_a_gap_reorders(model, site, hand) -> None:
    model.dropMimeData(nodes_mime(["l3"]), Qt.DropAction.MoveAction, 0, 0, model.index_of("r1"))
    assert list(site.children("r1")) == ["l3", "l1", "l2"]
    model.dropMimeData(nodes_mime(["l3"]), Qt.DropAction.MoveAction, 3, 0, model.index_of("r1"))
    assert list(site.children("r1")) == ["l1", "l2", "l3"]
    assert hand.labels == ["Move Main entrance up", "Move Main entrance down"]


def test_a_found_lock_is_assigned_or_added(model, site, hand) -> None:
    found = FoundHardware("aa", "lock", "00a1b2c35d0d21", "Escutcheon", "escutcheon")
    model.dropMimeData(found_mime(found), Qt.DropAction.CopyAction, -1, -1, model.index_of("l9"))
    assert site.nodes["l9"].device_id == "00A1B2C35D0D21"
    other = FoundHardware("bb", "lock", "00A1B2C35D0D22", "Escutcheon", "escutcheon")
    model.dropMimeData(found_mime(other), Qt.DropAction.CopyAction, -1, -1, model.index_of("r1"))
    added = site.nodes[site.children("r1")[-1]]
    assert (added.device_id, added.kind) == ("00A1B2C35D0D22", Kind.LOCK)


def test_a_device_that_is_in_the_project_is_not_added_again(model, site, qtbot) -> None:
    found = FoundHardware("aa", "lock", "00A1B2C35D0D21", "Escutcheon")
    model.dropMimeData(found_mime(found), Qt.DropAction.CopyAction, -1, -1, model.index_of("l9"))
    with qtbot.waitSignal(model.refused) as caught:
        model.dropMimeData(found_mime(found), Qt.DropAction.CopyAction, -1, -1, model.index_of("r1"))
    assert "Room 110" in caught.args[0].reason


def test_renaming_is_an_edit(model, site, hand) -> None:
    index = model.index_of("l1")
    assert model.setData(index, "  Room   111 ")
    assert site.nodes["l1"].name == "Room 111"
    assert hand.labels == ["Rename Room 101 to Room 111"]
    assert not model.setData(index, "   ")
