"""The findings, each with the repair that takes it away in one click."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QStackedWidget,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
)

from larry.domain.finding import Finding, Severity
from larry.domain.repairs import Repair
from larry.domain.rule_context import display_name
from larry.services.placement_repairs import finding_repairs
from ui.components.button import Button
from ui.components.empty_state import EmptyState
from ui.components.painting import draw_focus_ring, draw_text, fill_round, text_width
from ui.components.text import Text
from ui.style.icons import icon, paint_icon
from ui.style.theme import theme
from ui.workspace import Workspace

FINDING_ROLE = Qt.ItemDataRole.UserRole + 1
ROW = 36
HEAD = 40
Index = QModelIndex | QPersistentModelIndex
LOOK = {
    Severity.ERROR: ("octagon-x", "error"),
    Severity.WARNING: ("triangle-alert", "warn"),
    Severity.INFO: ("info", "info"),
}


class FindingsModel(QAbstractListModel):
    """The findings of a site; repairs are worked out for a row when it is looked at."""

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self._workspace = workspace
        self.findings: list[Finding] = []
        self._repairs: dict[int, list[Repair]] = {}
        workspace.findings_changed.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the findings as they are now."""
        self._repairs.clear()
        if self.findings != self._workspace.findings:
            self.beginResetModel()
            self.findings = list(self._workspace.findings)
            self.endResetModel()

    def repairs(self, row: int) -> list[Repair]:
        """Return the repairs of a row, best first."""
        if row not in self._repairs:
            project = self._workspace.project
            found = finding_repairs(project.site, project.catalogue, project.records, self.findings[row])
            self._repairs[row] = [] if self._workspace.read_only else found
        return self._repairs[row]

    def words(self, finding: Finding) -> tuple[str, str, str]:
        """Return severity, device and sentence."""
        severity = {
            Severity.ERROR: self.tr("Error"),
            Severity.WARNING: self.tr("Warning"),
            Severity.INFO: self.tr("Info"),
        }[finding.severity]
        site = self._workspace.project.site
        name = display_name(site.nodes[finding.node]) if finding.node in site.nodes else self.tr("Site")
        return severity, name, finding.message

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.findings)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.findings):
            return None
        finding = self.findings[index.row()]
        if role == FINDING_ROLE:
            return finding
        if role == Qt.ItemDataRole.DisplayRole:
            return finding.message
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{finding.message} {finding.fix}".strip()
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join((*self.words(finding), finding.fix))
        return None


class _FindingDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(300, ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        model = index.model()
        assert isinstance(model, FindingsModel)
        finding: Finding = index.data(FINDING_ROLE)
        severity, name, message = model.words(finding)
        sign, tone = LOOK[finding.severity]
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            fill_round(painter, box.adjusted(6, 1, -6, -1), "accent_soft", 6)
        elif option.state & QStyle.StateFlag.State_MouseOver:
            fill_round(painter, box.adjusted(6, 1, -6, -1), "hover", 6)
        left = box.left() + 16
        paint_icon(painter, sign, QRect(left, box.center().y() - 7, 15, 15), tone)
        draw_text(painter, QRect(left + 22, box.top(), 64, box.height()), severity, tone, "medium")
        at = left + 94
        draw_text(painter, QRect(at, box.top(), 104, box.height()), name, "text", "medium")
        button = button_rect(box, model, index.row())
        at += 112
        sentence = message if button.isValid() else f"{message} {finding.fix}"
        right = button.left() - 12 if button.isValid() else box.right() - 16
        draw_text(painter, QRect(at, box.top(), right - at, box.height()), sentence, "text2")
        if button.isValid():
            fill_round(painter, button, "surface", 6, "control")
            label = model.repairs(index.row())[0].label
            draw_text(painter, button, label, "text", "small-medium", Qt.AlignmentFlag.AlignHCenter)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, box.adjusted(6, 1, -6, -1), 6)
        painter.restore()


def button_rect(box: QRect, model: FindingsModel, row: int) -> QRect:
    """Return where the repair button of a row is, invalid when there is none."""
    repairs = model.repairs(row)
    if not repairs:
        return QRect()
    width = min(260, text_width(repairs[0].label, "small-medium") + 24)
    return QRect(box.right() - width - 14, box.center().y() - 13, width, 27)


class _List(QListView):
    repair_asked = Signal(int)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        at: QPoint = event.position().toPoint()
        index = self.indexAt(at)
        model = self.model()
        assert isinstance(model, FindingsModel)
        if index.isValid() and button_rect(self.visualRect(index), model, index.row()).contains(at):
            self.repair_asked.emit(index.row())
            return
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.repair_asked.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)


class FindingsPanel(QFrame):
    """The panel below the tree.

    Signals:
        node_asked: a finding was chosen; carries the id of its device.
        site_asked: a finding about the whole site was chosen.
        folded: it was collapsed or opened.
    """

    node_asked = Signal(str)
    site_asked = Signal()
    folded = Signal(bool)

    def __init__(self, workspace: Workspace) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self._workspace = workspace
        self.model = FindingsModel(workspace)
        self.list = _List()
        self._delegate = _FindingDelegate(self)
        self.list.setModel(self.model)
        self.list.setItemDelegate(self._delegate)
        self.list.setMouseTracking(True)
        self.list.setUniformItemSizes(True)
        self.list.setAccessibleName(self.tr("Findings"))
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._title = Text(self.tr("Findings"), "strong")
        self._count = Text("", "base", "text3")
        self._passed = Text("", "small", "text2")
        self._fold = Button("", "ghost", "chevron-down", size="s")
        self._nothing = EmptyState()
        self._pages = QStackedWidget()
        self._lay_out()
        self.list.repair_asked.connect(self._repair)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._menu)
        self.list.selectionModel().currentChanged.connect(self._current)
        self.list.clicked.connect(self._current)
        self._fold.clicked.connect(self.toggle)
        workspace.findings_changed.connect(self.refresh)
        theme().changed.connect(self.list.viewport().update)
        self.refresh()

    def refresh(self) -> None:
        """Show counts and states as they are now."""
        catalogue = self._workspace.project.catalogue
        broken = {finding.code for finding in self.model.findings}
        checks = sum(rule.severity is not None for rule in catalogue.rules.values())
        self._count.setText(str(len(self.model.findings)))
        self._passed.setText(
            self.tr("{n} checks passed, {profile} profile").format(
                n=checks - len(broken), profile=catalogue.profile
            )
        )
        if self._workspace.project.site.nodes:
            self._nothing.say("circle-check", self.tr("No findings"), self._passed.text(), tone="ok")
        else:
            self._nothing.say(
                "info",
                self.tr("Nothing to check yet"),
                self.tr("Findings appear as soon as there is a device."),
            )
        self._pages.setCurrentIndex(0 if self.model.findings else 1)

    def toggle(self) -> None:
        """Collapse to one line, or open again."""
        self.set_folded(self._pages.isVisible())

    def set_folded(self, folded: bool) -> None:
        """Be one line only."""
        self._pages.setVisible(not folded)
        self._fold.set_look(icon="chevron-up" if folded else "chevron-down")
        self._fold.setAccessibleName(self.tr("Show findings") if folded else self.tr("Hide findings"))
        self.setMaximumHeight(HEAD if folded else 16777215)
        self.folded.emit(folded)

    def is_folded(self) -> bool:
        """True while it is one line."""
        return self._pages.isHidden()

    def next_finding(self) -> None:
        """Go to the next finding and its device."""
        if self.is_folded():
            self.set_folded(False)
        count = self.model.rowCount()
        if count:
            row = (self.list.currentIndex().row() + 1) % count
            self.list.setCurrentIndex(self.model.index(row, 0))
            self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _current(self, index: Index, _before: object = None) -> None:
        finding = index.data(FINDING_ROLE) if index.isValid() else None
        if finding is None:
            return
        if finding.node is None:
            self.site_asked.emit()
        else:
            self.node_asked.emit(finding.node)

    def _repair(self, row: int, number: int = 0) -> None:
        repairs = self.model.repairs(row)
        if number < len(repairs):
            name = self.model.words(self.model.findings[row])[1]
            label = repairs[number].label
            self._workspace.do(repairs[number].edit, label if name in label else f"{name}: {label}")

    def _menu(self, at: QPoint) -> None:
        """Offer every repair of a finding, not only the best."""
        index = self.list.indexAt(at)
        if not index.isValid():
            return
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for number, repair in enumerate(self.model.repairs(index.row())):
            menu.addAction(icon("wrench"), repair.label, partial(self._repair, index.row(), number))
        finding = self.model.findings[index.row()]
        if menu.isEmpty():
            menu.addAction(finding.fix).setEnabled(False)
        menu.popup(self.list.viewport().mapToGlobal(at))

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(16, 0, 12, 0)
        head.setSpacing(8)
        head.addWidget(self._title)
        head.addWidget(self._count)
        head.addStretch(1)
        head.addWidget(self._passed)
        head.addWidget(self._fold)
        self._fold.setAccessibleName(self.tr("Hide findings"))
        top = QFrame()
        top.setFixedHeight(HEAD)
        top.setLayout(head)
        self._pages.addWidget(self.list)
        self._pages.addWidget(self._nothing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(top)
        column.addWidget(self._pages, 1)
