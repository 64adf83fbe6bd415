"""The actions of Design: menus, keys, context menus and search use the same ones."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from larry.domain.kind import Kind

if TYPE_CHECKING:
    from ui.stages.design.design_stage import DesignStage


def add_design_actions(stage: DesignStage) -> None:
    """Add what can be done in Design; single letters work only while a list has the focus."""
    add = stage.workspace.actions.add
    lists = [stage.tree.tree, stage.nearby.list]
    tree = [stage.tree.tree]
    both = {"menu": "device"}
    add(
        "assign",
        stage.tr("Assign a found device…"),
        stage.assign,
        icon="sparkles",
        keys=["A"],
        panes=lists,
        **both,
    )
    add("move-to", stage.tr("Move to…"), stage.ask_places, icon="move", keys=["M"], panes=tree, **both)
    add(
        "move-up",
        stage.tr("Move up"),
        lambda: stage.acts.move(-1),
        icon="arrow-up",
        keys=["Alt+Up"],
        panes=tree,
        **both,
    )
    add(
        "move-down",
        stage.tr("Move down"),
        lambda: stage.acts.move(1),
        icon="arrow-down",
        keys=["Alt+Down"],
        panes=tree,
        **both,
    )
    add("rename", stage.tr("Rename"), stage.rename, icon="pencil", keys=["F2"], panes=tree, group=1, **both)
    add(
        "identify",
        stage.tr("Identify"),
        stage.identify,
        icon="lightbulb",
        keys=["I"],
        panes=lists,
        group=1,
        **both,
    )
    add(
        "park",
        stage.tr("Park without a parent"),
        stage.acts.park,
        icon="folder",
        keys=["D"],
        panes=tree,
        group=2,
        **both,
    )
    add(
        "remove",
        stage.tr("Remove"),
        stage.acts.remove,
        icon="trash-2",
        keys=["Del"],
        panes=tree,
        group=2,
        **both,
    )
    add(
        "next-finding",
        stage.tr("Next finding"),
        stage.findings.next_finding,
        menu="view",
        icon="triangle-alert",
        keys=["F8"],
        group=1,
    )
    add(
        "site-details",
        stage.tr("Site and floors"),
        stage.show_site,
        menu="edit",
        icon="building-2",
        group=3,
    )
    for key, text, sign in (
        ("tree", stage.tr("Tree"), "list-tree"),
        ("plan", stage.tr("Plan"), "map"),
        ("both", stage.tr("Tree and plan"), "columns-2"),
    ):
        add(f"view-{key}", text, partial(stage.tree.show_view, key), menu="view", icon=sign, group=2)
    add(
        "add-iq",
        stage.tr("Add an IQ"),
        lambda: stage.tree.add_by_hand(Kind.IQ),
        menu="edit",
        icon="router",
        group=2,
    )
    add(
        "add-repeater",
        stage.tr("Add a repeater"),
        lambda: stage.tree.add_by_hand(Kind.REPEATER),
        menu="edit",
        icon="radio-tower",
        group=2,
    )
    add(
        "add-lock",
        stage.tr("Add a lock"),
        lambda: stage.tree.add_by_hand(Kind.LOCK),
        menu="edit",
        icon="lock",
        group=2,
    )


def refresh_design_actions(stage: DesignStage) -> None:
    """Enable what makes sense for the selected device."""
    node = stage.workspace.selected_node()
    editable = not stage.workspace.read_only
    placed = node is not None and node.kind is not Kind.IQ
    heard = stage.nearby.current() is not None
    book = stage.workspace.actions
    for key, on in (
        ("assign", editable and (node is not None or heard)),
        ("move-to", editable and placed),
        ("move-up", editable and node is not None),
        ("move-down", editable and node is not None),
        ("rename", editable and node is not None),
        ("identify", heard or (node is not None and bool(node.device_id))),
        ("park", editable and placed and node is not None and node.parent is not None),
        ("remove", editable and node is not None),
        ("add-iq", editable),
        ("add-repeater", editable),
        ("add-lock", editable),
    ):
        if key in book:
            book[key].setEnabled(on)
