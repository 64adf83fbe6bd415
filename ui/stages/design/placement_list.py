"""Where can it go? Every likely parent with yes, with care or no, the numbers and the way out."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from larry.domain.hardware import Node
from larry.domain.placement import Placement, Verdict
from larry.domain.rule_context import display_name
from larry.services.place_node import worst_of
from larry.services.placement_repairs import where_it_can_go
from ui.components.button import Button
from ui.components.painting import draw_focus_ring, draw_text, fill_round
from ui.components.text import Text, line
from ui.stages.design.drop_marks import short_reason
from ui.style.icons import paint_icon
from ui.workspace import Workspace

LINE_ROLE = Qt.ItemDataRole.UserRole + 1
ICONS = {Verdict.YES: "circle-check", Verdict.CARE: "triangle-alert", Verdict.NO: "octagon-x"}
TONES = {Verdict.YES: "ok", Verdict.CARE: "warn", Verdict.NO: "error"}
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class PlacementLine:
    """One parent: who, the verdict, the numbers or the reason, what would help."""

    placement: Placement
    title: str
    detail: str
    fix: str


class _Lines(QAbstractListModel):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[PlacementLine] = []

    def show(self, lines: list[PlacementLine]) -> None:
        self.beginResetModel()
        self.lines = lines
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        each = self.lines[index.row()]
        if role == LINE_ROLE:
            return each
        if role == Qt.ItemDataRole.DisplayRole:
            return each.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{each.detail} {each.fix}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            verdict = {
                Verdict.YES: self.tr("possible"),
                Verdict.CARE: self.tr("possible with care"),
                Verdict.NO: self.tr("not possible"),
            }[each.placement.verdict]
            return ", ".join(part for part in (each.title, verdict, each.detail) if part)
        return None


class _LineDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(200, 52)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        each: PlacementLine = index.data(LINE_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(8, 1, -8, -1)
        verdict = each.placement.verdict
        tone = TONES[verdict]
        if option.state & QStyle.StateFlag.State_Selected:
            fill_round(painter, box, f"{tone}_soft", 8)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill_round(painter, box, "hover", 8)
        paint_icon(painter, ICONS[verdict], QRect(box.left() + 8, box.top() + 8, 17, 17), tone)
        left = box.left() + 36
        draw_text(painter, QRect(left, box.top() + 5, box.width() - 44, 20), each.title, "text", "medium")
        draw_text(painter, QRect(left, box.top() + 26, box.width() - 44, 18), each.detail, "text2", "small")
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, box, 8)
        painter.restore()


class _List(QListView):
    chosen = Signal()
    given_up = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.given_up.emit()
        else:
            super().keyPressEvent(event)


class PlacementList(QFrame):
    """The list; the same for a drag, the menu and the key M.

    Signals:
        chosen: a `Placement` was chosen, also one that says no: then the reason is to be explained.
        given_up: Esc, or the cross.
    """

    chosen = Signal(object)
    given_up = Signal()

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._workspace = workspace
        self._title = Text("", "heading", wrap=True)
        self._counts = [Text("", "small-medium", tone) for tone in ("ok", "warn", "error")]
        self._model = _Lines()
        self.list = _List()
        self._delegate = _LineDelegate(self)
        self.list.setModel(self._model)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Possible parents"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.chosen.connect(self._choose)
        self.list.clicked.connect(self._choose)
        self.list.given_up.connect(self.given_up)
        self._lay_out()

    def ask(self, node: Node, *, focus: bool = True) -> None:
        """Show where a device could go."""
        project = self._workspace.project
        answers = where_it_can_go(project.site, project.catalogue, project.records, node)
        now = project.site.nodes[node.id].parent if node.id in project.site.nodes else None
        lines = [self._line(answer) for answer in answers if answer.parent != now or now is None]
        self._model.show(lines)
        self._title.setText(self.tr("Where can {name} go?").format(name=display_name(node)))
        counts = Counter(each.placement.verdict for each in lines)
        words = (self.tr("{n} yes"), self.tr("{n} with care"), self.tr("{n} no"))
        for text, label, verdict in zip(
            words, self._counts, (Verdict.YES, Verdict.CARE, Verdict.NO), strict=True
        ):
            label.setText(text.format(n=counts[verdict]))
        if lines:
            self.list.setCurrentIndex(self._model.index(0, 0))
        if focus:
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def mark(self, node_id: str | None) -> None:
        """Mark the parent under the pointer during a drag."""
        for row, each in enumerate(self._model.lines):
            if each.placement.parent == node_id:
                self.list.setCurrentIndex(self._model.index(row, 0))
                return
        self.list.clearSelection()

    def _line(self, answer: Placement) -> PlacementLine:
        site = self._workspace.project.site
        parent = site.nodes[answer.parent or ""]
        floor = site.floors[parent.floor].name if parent.floor in site.floors else ""
        title = ", ".join(part for part in (display_name(parent), floor) if part)
        worst = worst_of(answer)
        distance = f"{answer.distance_m:.1f} m" if answer.distance_m is not None else ""
        reason = short_reason(answer, site)
        if distance and distance not in reason:
            reason = f"{reason} · {distance}"
        return PlacementLine(answer, title, reason, worst.fix if worst else "")

    def _choose(self, *_: object) -> None:
        each: PlacementLine | None = self.list.currentIndex().data(LINE_ROLE)
        if each is not None:
            self.chosen.emit(each.placement)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 12, 12)
        head.setSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self._title, 1)
        close = Button("", "ghost", "x", size="s")
        close.setAccessibleName(self.tr("Close, change nothing (Esc)"))
        close.clicked.connect(self.given_up)
        row.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        head.addLayout(row)
        counts = QHBoxLayout()
        counts.setSpacing(16)
        for label in self._counts:
            counts.addWidget(label)
        counts.addStretch(1)
        head.addLayout(counts)
        column.addLayout(head)
        column.addWidget(line())
        column.addWidget(self.list, 1)
        column.addWidget(line())
        hint = QWidget()
        box = QVBoxLayout(hint)
        box.setContentsMargins(16, 10, 16, 12)
        box.setSpacing(4)
        box.addWidget(Text(self.tr("Drop on a row, or press Enter on a line."), "small", "text2", wrap=True))
        box.addWidget(Text(self.tr("Esc cancels, nothing changes."), "small", "text2", wrap=True))
        column.addWidget(hint)
