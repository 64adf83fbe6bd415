"""What can be done with the selected device: the same for menu, key and drag, each one named edit."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from larry.domain.edits import MoveNode, remove_subtree
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.placement import Placement
from larry.domain.rule_context import display_name
from larry.services.nearby import NearbyRow, Relation
from larry.services.place_node import FoundHardware, PlaceAnswer, node_of, place_found, place_planned, says
from larry.services.placement_repairs import refusal_repairs
from ui.models.payload import Payload
from ui.models.place_answers import DropTarget
from ui.stages.design.nearby_model import hardware_of
from ui.style.icons import icon
from ui.words import counted
from ui.workspace import Workspace

IDENTIFY_S = 10
ATTACHED = ("attached_pending", "attached", "detached_pending")
Choice = tuple[str, str, Callable[[], object]]


class DeviceActs(QObject):
    """The acts.

    Signals:
        refused: a place was refused: title, reason, what would help, choices.
        placed: a found device was put somewhere; carries the planned id and whether it is new.
    """

    refused = Signal(str, str, str, object)
    placed = Signal(str, bool)

    def __init__(self, workspace: Workspace, window: Callable[[], QWidget]) -> None:
        super().__init__()
        self._workspace = workspace
        self._window = window

    # --- the plan ---------------------------------------------------------------------------

    def move(self, step: int) -> None:
        """Move the selected device up or down among its siblings: tree order is data."""
        node = self._workspace.selected_node()
        if node is None:
            return
        site = self._workspace.project.site
        siblings = list(site.children(node.parent))
        if node.parent is None:
            shown = [s for s in siblings if (site.nodes[s].kind is Kind.IQ) == (node.kind is Kind.IQ)]
        else:
            shown = siblings
        place = shown.index(node.id) + step
        if not 0 <= place < len(shown):
            return
        index = siblings.index(shown[place])
        words = self.tr("Move {name} up") if step < 0 else self.tr("Move {name} down")
        self._workspace.do(MoveNode(node.id, node.parent, index), words.format(name=display_name(node)))

    def place(self, node: Node, placement: Placement) -> None:
        """Move a device to a parent that was chosen from the list, or explain why not."""
        project = self._workspace.project
        answer = place_planned(project.site, project.catalogue, project.records, node.id, placement.parent)
        if answer.edit is None:
            self.explain(answer, Payload(node_id=node.id))
        else:
            self._workspace.do(answer.edit, answer.label)

    def park(self) -> None:
        """Take the selected device out of its tree, into the folder of what is not placed yet."""
        node = self._workspace.selected_node()
        if node is None or node.kind is Kind.IQ or node.parent is None:
            return
        project = self._workspace.project
        answer = place_planned(project.site, project.catalogue, project.records, node.id, None)
        if answer.edit is None:
            choice: Choice = (
                self.tr("Go to Commission"),
                self.tr("detach it there, with the card at the lock"),
                lambda: self._workspace.asked.emit("commission"),
            )
            self.refused.emit(answer.label, answer.reason, answer.fix, [choice])
        else:
            self._workspace.do(answer.edit, answer.label)

    def remove(self) -> None:
        """Remove the selected device with all below it; undo brings them back."""
        node = self._workspace.selected_node()
        if node is None:
            return
        site = self._workspace.project.site
        attached = [each for each in site.walk(node.id) if self._is_attached(each)]
        if attached:
            self._refuse_removal(node, attached)
            return
        self._remove(node)

    def _remove(self, node: Node) -> None:
        site = self._workspace.project.site
        below = len(site.subtree(node.id)) - 1
        label = self.tr("Remove {name}").format(name=display_name(node))
        if below:
            label += counted(below, self.tr(" with {n} device below"), self.tr(" with {n} devices below"))
        self._workspace.do(remove_subtree(site, node.id), label)

    def _is_attached(self, node: Node) -> bool:
        record = self._workspace.project.records.get(node.id)
        return record is not None and record.seen("link_state") in ATTACHED

    def _refuse_removal(self, node: Node, attached: list[Node]) -> None:
        """Without a detach at the lock, a device taken out of the plan could not be used elsewhere."""
        name = display_name(node)
        names = ", ".join(display_name(each) for each in attached[:3]) + (" …" if len(attached) > 3 else "")
        choices: list[Choice] = [
            (
                self.tr("Go to Commission"),
                self.tr("detach it there, with the card at the lock"),
                lambda: self._workspace.asked.emit("commission"),
            ),
            (
                self.tr("Remove it from the plan only"),
                self.tr("it stays attached and cannot be used elsewhere"),
                lambda: self._remove(node),
            ),
        ]
        reason = self.tr("Still attached to its IQ: {names}.").format(names=names)
        self.refused.emit(self.tr("{name} not removed").format(name=name), reason, "", choices)

    # --- found devices --------------------------------------------------------------------------

    def assign_suggested(self, row: NearbyRow) -> None:
        """Assign a found device to the selected planned one when that fits, else where it likely belongs."""
        node = self._workspace.selected_node()
        fits = node is not None and not node.device_id and node.kind.value == row.found.kind
        if fits and node is not None:
            self.put(row, node.id)
        elif row.suggestions:
            self.put(row, row.suggestions[0].node_id)
        else:
            self.put(row, None)

    def put(self, row: NearbyRow, target: str | None) -> None:
        """Put a found device on a planned one, below a parent, or beside the tree."""
        project = self._workspace.project
        hardware = hardware_of(row, project.catalogue)
        answer = place_found(project.site, project.catalogue, project.records, hardware, target)
        if answer.edit is None:
            self.explain(answer, Payload(found=hardware))
            return
        before = set(project.site.nodes)
        if self._workspace.do(answer.edit, answer.label):
            new = set(project.site.nodes) - before
            self.placed.emit(next(iter(new), target or ""), bool(new))

    def assign_menu(self, rows: list[NearbyRow], at: QPoint) -> None:
        """Offer the found devices that may be the selected planned one."""
        node = self._workspace.selected_node()
        if node is None:
            return
        menu = self._menu()
        kind = [row for row in rows if row.relation is Relation.NEW and row.found.kind == node.kind.value]
        fitting = [row for row in kind if not node.model or row.found.model in ("", node.model)] or kind
        fitting.sort(key=lambda row: -(row.found.rssi_dbm if row.found.rssi_dbm is not None else -999))
        for row in fitting[:9]:
            strength = "" if row.found.rssi_dbm is None else f"   {row.found.rssi_dbm:.0f} dBm"
            menu.addAction(icon("bluetooth"), f"{row.name}{strength}", lambda row=row: self.put(row, node.id))
        if not fitting:
            menu.addAction(self.tr("No unassigned device of this kind is heard")).setEnabled(False)
        _pop_up(menu, at)

    def nearby_menu(self, row: NearbyRow, at: QPoint) -> None:
        """Open the menu of a found device."""
        menu = self._menu()
        if row.relation is Relation.IN_PROJECT and row.node_id:
            menu.addAction(
                icon("list-tree"),
                self.tr("Show in the tree"),
                lambda: self._workspace.select(row.node_id or ""),
            )
        writable = not self._workspace.read_only
        for suggestion in row.suggestions if writable else ():
            text = self.tr("Assign to {name}").format(name=suggestion.name)
            menu.addAction(icon("sparkles"), text, lambda each=suggestion: self.put(row, each.node_id))
        node = self._workspace.selected_node()
        if row.relation is Relation.NEW and writable:
            if node is not None and node.kind is not Kind.LOCK and row.found.kind != "iq":
                text = self.tr("Add and attach to {name}").format(name=display_name(node))
                menu.addAction(icon("plus"), text, lambda: self.put(row, node.id))
            menu.addAction(icon("plus"), self.tr("Add to the project"), lambda: self.put(row, None))
        menu.addSeparator()
        menu.addAction(
            icon("lightbulb"), self.tr("Identify"), lambda: self.identify(row.found.identity, row.name)
        )
        if row.found.device_id:
            clipboard = QGuiApplication.clipboard()
            menu.addAction(
                icon("copy"), self.tr("Copy Device ID"), lambda: clipboard.setText(row.found.device_id)
            )
        _pop_up(menu, at)

    def identify(self, identity: str, name: str) -> None:
        """Let a device blink."""
        service = self._workspace.feed.service
        if service is None or not identity:
            self._workspace.tell(
                "info",
                self.tr("{name} cannot be asked.").format(name=name),
                self.tr("Larry is not listening."),
            )
            return

        async def blink() -> None:
            link = await service.open(identity)
            try:
                await link.identify(IDENTIFY_S)
            finally:
                await link.close()

        words = self.tr("{name} blinks for {seconds} s.").format(name=name, seconds=IDENTIFY_S)
        self._workspace.tasks.start(
            blink(),
            self.tr("Identify {name}").format(name=name),
            done=lambda _: self._workspace.tell("ok", words),
            failed=self._workspace.tell_error,
        )

    # --- refusals -------------------------------------------------------------------------------

    def explain(self, answer: PlaceAnswer, payload: Payload, _target: DropTarget | None = None) -> None:
        """Say why a place was refused and what would work instead."""
        project = self._workspace.project
        site = project.site
        choices: list[Choice] = []
        node = self._subject(payload)
        if node is not None and answer.placement is not None and not self._workspace.read_only:
            for repair in refusal_repairs(site, project.catalogue, project.records, node, answer.placement):
                detail = says(repair.placement, site) if repair.placement else ""
                label = f"{display_name(node)}: {repair.label}"
                choices.append(
                    (repair.label, detail, lambda r=repair, w=label: self._workspace.do(r.edit, w))
                )
        title = answer.label
        if answer.placement is not None and answer.placement.parent is not None:
            title = self.tr("Not on {parent}").format(
                parent=display_name(site.nodes[answer.placement.parent])
            )
        reason = answer.reason
        if self._workspace.read_only:
            title, reason = self.tr("Read-only"), self.tr("The site was released to its owner.")
        self.refused.emit(title, reason, answer.fix, choices)

    def _subject(self, payload: Payload) -> Node | None:
        if payload.found is not None:
            return self._new_node(payload.found)
        return self._workspace.project.site.nodes.get(payload.node_id or "")

    @staticmethod
    def _new_node(found: FoundHardware) -> Node | None:
        return node_of(found) if found.kind in set(Kind) else None

    def _menu(self) -> QMenu:
        menu = QMenu(self._window())
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu


def _pop_up(menu: QMenu, at: QPoint) -> None:
    """Open a menu with its first line chosen, so that Enter takes it."""
    menu.popup(at)
    first = next((action for action in menu.actions() if action.isEnabled()), None)
    if first is not None:
        menu.setActiveAction(first)
