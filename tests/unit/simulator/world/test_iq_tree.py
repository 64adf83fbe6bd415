"""The order and the limits of an IQ's tree."""

from __future__ import annotations

import pytest

from larry.simulator.world.iq_tree import IqTree, TreeItem
from larry.simulator.world.refusal import RefusalError


def refused(code: str) -> pytest.RaisesExc[RefusalError]:
    return pytest.RaisesExc(RefusalError, check=lambda error: error.code == code)


def test_sixteen_locks_and_no_more() -> None:
    tree = IqTree()
    for number in range(16):
        tree.attach(f"L{number}", None, "lock")
    with refused("locks-per-iq"):
        tree.attach("L16", None, "lock")
    assert len(tree.items) == 16


def test_six_repeaters_and_no_more() -> None:
    tree = IqTree()
    for number in range(6):
        tree.attach(f"R{number}", None, "repeater")
    with refused("repeaters-per-iq"):
        tree.attach("R6", None, "repeater")


def test_three_repeaters_deep_and_no_more() -> None:
    tree = IqTree()
    for number, parent in enumerate([None, "R0", "R1"]):
        tree.attach(f"R{number}", parent, "repeater")
    tree.attach("L", "R2", "lock")
    with refused("repeater-depth"):
        tree.attach("R3", "R2", "repeater")


def test_a_detached_lock_makes_room() -> None:
    tree = IqTree()
    for number in range(16):
        tree.attach(f"L{number}", None, "lock")
    tree.detach("L3")
    tree.attach("L16", None, "lock")
    assert tree.tree_id("L16") == 17


def test_positions_are_kept_and_new_ones_go_to_the_end() -> None:
    tree = IqTree()
    for name in ("B", "A", "C"):
        tree.attach(name, None, "lock")
    assert [tree.tree_id(name) for name in ("B", "A", "C")] == [1, 2, 3]
    tree.detach("A")
    tree.attach("A", None, "lock")
    assert [item.device_id for item in tree.items] == ["B", "C", "A"]


@pytest.mark.parametrize(("parent", "kind"), [("nobody", "lock"), ("L", "lock"), ("L", "repeater")])
def test_only_repeaters_carry(parent: str, kind: str) -> None:
    tree = IqTree()
    tree.attach("L", None, "lock")
    with refused("unknown-parent"):
        tree.attach("X", parent, kind)


def test_each_change_has_a_new_revision_and_a_repeat_has_none() -> None:
    tree = IqTree()
    tree.attach("L", None, "lock")
    revision = tree.revision
    tree.attach("L", None, "lock")
    assert tree.revision == revision
    tree.set_link_state("L", "attached")
    assert tree.revision == revision + 1
    with refused("already-in-tree"):
        tree.attach("L", "R", "lock")


def test_write_is_refused_when_stale() -> None:
    tree = IqTree()
    tree.attach("L", None, "lock")
    with refused("stale-revision"):
        tree.write([TreeItem("X", None, "lock")], tree.revision - 1)
    assert tree.tree_id("X") is None


def test_write_keeps_link_states_and_refuses_to_lose_a_linked_lock() -> None:
    tree = IqTree()
    tree.attach("L", None, "lock")
    tree.set_link_state("L", "attached")
    tree.write([TreeItem("L", None, "lock", "free"), TreeItem("M", None, "lock", "attached")], tree.revision)
    assert [item.link_state for item in tree.items] == ["attached", "attached_pending"]
    with refused("still-attached"):
        tree.write([TreeItem("M", None, "lock")], tree.revision)


@pytest.mark.parametrize(
    ("items", "code"),
    [
        ([TreeItem("A", None, "lock"), TreeItem("A", None, "lock")], "duplicate"),
        ([TreeItem("A", "B", "repeater"), TreeItem("B", "A", "repeater")], "unknown-parent"),
    ],
)
def test_write_refuses_broken_trees(items: list[TreeItem], code: str) -> None:
    with refused(code):
        IqTree().write(items, None)
