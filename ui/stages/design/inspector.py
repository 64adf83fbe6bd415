"""The inspector: what is planned, written and read back of the selected device, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from larry.domain.hardware import Link, Node
from larry.domain.rule_context import display_name
from ui.components.button import Button
from ui.components.margin_line import MarginLine
from ui.components.painting import draw_kind
from ui.components.text import ElidedText, Text, line, panel
from ui.models.device_state import device_state
from ui.stages.design.compare_table import CompareTable, compare_rows
from ui.stages.design.device_form import DeviceForm
from ui.stages.design.site_form import SiteForm
from ui.words import counted
from ui.workspace import Workspace


class _KindSign(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.kind, self.model = "lock", ""
        self.setFixedSize(26, 26)

    def paintEvent(self, event: QPaintEvent) -> None:
        draw_kind(QPainter(self), self.rect(), self.kind, self.model)


class Inspector(QFrame):
    """Shows the selected device.

    Signals:
        menu_asked: the … button was pressed; carries the button.
        identify_asked, move_asked: the buttons at the bottom.
    """

    menu_asked = Signal(QWidget)
    identify_asked = Signal()
    move_asked = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self.setAccessibleName(self.tr("Inspector"))
        self._workspace = workspace
        self._sign = _KindSign()
        self._name = ElidedText("", "heading")
        self.form = DeviceForm(workspace)
        self.site = SiteForm(workspace)
        self._table = CompareTable()
        self._pending = Text("", "small", "accent", wrap=True)
        self._links = QVBoxLayout()
        self._links_title = Text("", "small-medium", "text2")
        self._banner, self._banner_title, self._banner_text, self._banner_button = self._make_banner()
        self.identify = Button(self.tr("Identify"), "plain", "lightbulb", "I")
        self.move_to = Button(self.tr("Move to…"), "plain", "move", "M")
        self._pages = QStackedWidget()
        self._lay_out()
        workspace.selection_changed.connect(self.refresh)
        workspace.changed.connect(self.refresh)
        workspace.recorded.connect(self._recorded)
        self.refresh()

    def refresh(self, _change: object = None) -> None:
        """Show the selected device as it is now."""
        node = self._workspace.selected_node()
        self._pages.setCurrentIndex(0 if node is None else 1)
        if node is None:
            return
        project = self._workspace.project
        record = project.records.get(node.id)
        self._sign.kind, self._sign.model = node.kind.value, node.model or ""
        self._sign.update()
        self._name.setText(display_name(node))
        self._show_banner(node)
        open_values = self._table.show_rows(compare_rows(project.site, node, record))
        self._pending.setVisible(open_values > 0)
        words = (
            self.tr("{n} planned change is not written yet"),
            self.tr("{n} planned changes are not written yet"),
        )
        self._pending.setText(counted(open_values, *words))
        self._show_links(node)
        self.form.show_node(node)
        self.identify.setEnabled(bool(node.device_id) and self._workspace.feed.service is not None)
        self.identify.setToolTip(
            "" if node.device_id else self.tr("Needs the Device ID: assign a found device first.")
        )
        self.move_to.setEnabled(node.kind.value != "iq" and not self._workspace.read_only)

    def _recorded(self, node_id: str) -> None:
        if node_id == self._workspace.selected:
            self.refresh()

    def _show_banner(self, node: Node) -> None:
        state = device_state(node, self._workspace.project.records.get(node.id))
        iq = self._workspace.project.site.iq_of(node.id)
        where = display_name(iq) if iq else self.tr("the IQ")
        words = {
            "card": (
                self.tr("Waiting for the maintenance card"),
                self.tr("Larry has told {iq} to attach it. It answers when the card touches it.").format(
                    iq=where
                ),
                self.tr("Continue job"),
            ),
            "leaving": (
                self.tr("Leaving, card at the lock"),
                self.tr("{iq} lets it go when the card touches it. Until then it keeps its place.").format(
                    iq=where
                ),
                self.tr("Continue job"),
            ),
            "offline": (
                self.tr("Offline"),
                self.tr(
                    "It was attached and does not answer. The light and the card at the lock are the truth."
                ),
                self.tr("Check in Commission"),
            ),
        }.get(state.key)
        self._banner.setVisible(words is not None)
        if words is not None:
            self._banner_title.setText(words[0])
            self._banner_text.setText(words[1])
            self._banner_button.set_look(text=words[2])

    def _show_links(self, node: Node) -> None:
        while self._links.count():
            widget = self._links.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        site = self._workspace.project.site
        link = site.link_between(node.id, node.parent) if node.parent else None
        self._links_title.setVisible(node.parent is not None)
        if node.parent is None:
            return
        parent = display_name(site.nodes[node.parent])
        self._links_title.setText(self.tr("Link to {parent}").format(parent=parent))
        distance_m = site.distance_m(node.id, node.parent)
        if link is None:
            self._links.addWidget(Text(self.tr("Not measured yet."), "base", "text2"))
        else:
            self._show_directions(node, link)
        notes = self._link_notes(link, distance_m)
        if notes:
            self._links.addWidget(Text(", ".join(notes), "small", "text3", wrap=True))

    def _show_directions(self, node: Node, link: Link) -> None:
        pass_dbm = self._workspace.project.catalogue.rule("link-weak").limit("pass_dbm")
        there, back = link.rssi_ab_dbm, link.rssi_ba_dbm
        if link.a == node.id:
            there, back = back, there
        for title, rssi_dbm in ((self.tr("To the device"), there), (self.tr("Back"), back)):
            margin_db = None if rssi_dbm is None else rssi_dbm - pass_dbm
            self._links.addWidget(MarginLine(title, margin_db))

    def _link_notes(self, link: Link | None, distance_m: float | None) -> list[str]:
        notes = []
        if link is not None and link.count:
            notes.append(counted(link.count, self.tr("{n} reading"), self.tr("{n} readings")))
        if link is not None and link.conditions:
            notes.append(link.conditions)
        if distance_m is not None:
            notes.append(self.tr("{distance} m on the plan").format(distance=f"{distance_m:.1f}"))
        return notes

    # --- building -----------------------------------------------------------------------------

    def _make_banner(self) -> tuple[QFrame, Text, Text, Button]:
        frame = panel("warn")
        box = QVBoxLayout(frame)
        box.setContentsMargins(14, 12, 14, 12)
        title, text = Text("", "strong", wrap=True), Text("", "base", "text2", wrap=True)
        button = Button("", "primary", size="s")
        button.clicked.connect(lambda: self._workspace.asked.emit("commission"))
        for widget in (title, text, button):
            box.addWidget(widget)
        return frame, title, text, button

    def _lay_out(self) -> None:
        self._pages.addWidget(self.site)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(self._head())
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(self._body())
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column.addWidget(scroll, 1)
        column.addWidget(line())
        buttons = QHBoxLayout()
        buttons.setContentsMargins(16, 12, 16, 12)
        buttons.setSpacing(8)
        for button in (self.identify, self.move_to):
            button.setSizePolicy(button.sizePolicy().Policy.Expanding, button.sizePolicy().Policy.Fixed)
            buttons.addWidget(button)
        self.identify.clicked.connect(self.identify_asked)
        self.move_to.clicked.connect(self.move_asked)
        column.addLayout(buttons)
        self._pages.addWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pages)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setContentsMargins(16, 14, 12, 10)
        head.setSpacing(10)
        head.addWidget(self._sign)
        head.addWidget(self._name, 1)
        more = Button("", "ghost", "ellipsis", size="s")
        more.setAccessibleName(self.tr("More for this device"))
        more.clicked.connect(lambda: self.menu_asked.emit(more))
        head.addWidget(more)
        return head

    def _body(self) -> QWidget:
        body = panel("surface")
        column = QVBoxLayout(body)
        column.setContentsMargins(16, 2, 16, 16)
        column.setSpacing(10)
        column.addWidget(self._banner)
        column.addWidget(Text(self.tr("Planned, written, read back"), "small-medium", "text2"))
        column.addWidget(self._table)
        column.addWidget(self._pending)
        column.addSpacing(6)
        column.addWidget(self._links_title)
        self._links.setSpacing(4)
        column.addLayout(self._links)
        column.addSpacing(6)
        column.addWidget(Text(self.tr("Plan"), "small-medium", "text2"))
        column.addWidget(self.form)
        column.addStretch(1)
        return body
