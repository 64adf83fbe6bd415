"""Ctrl+K: finds a room, a device, an ID or an action, and goes there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QRect, QSize, Qt
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QGraphicsDropShadowEffect,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from larry.domain.hardware import Node
from larry.domain.rule_context import display_name
from larry.domain.site import Site
from ui.actions.action_book import ActionBook
from ui.components.painting import draw_key, draw_kind, draw_text, fill_round
from ui.style.icons import paint_icon
from ui.style.theme import colour
from ui.workspace import Workspace

LIMIT = 40
_HIT = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True, slots=True)
class Hit:
    """One line of the answer: a device or an action."""

    title: str
    detail: str
    node: Node | None = None
    action: QAction | None = None


def find_nodes(site: Site, words: str, limit: int = LIMIT) -> list[Node]:
    """Return devices whose name, Device ID, MAC or floor holds every word; names that begin so come first."""
    wanted = words.casefold().split()
    if not wanted:
        return []
    starts: list[Node] = []
    holds: list[Node] = []
    for node in site.nodes.values():
        floor = site.floors.get(node.floor or "")
        text = f"{node.name} {node.device_id or ''} {node.mac or ''} {floor.name if floor else ''}".casefold()
        if all(word in text for word in wanted):
            (starts if node.name.casefold().startswith(wanted[0]) else holds).append(node)
            if len(starts) >= limit:
                break
    return [*starts, *holds][:limit]


class _HitDelegate(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex) -> QSize:
        return QSize(200, 36)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex) -> None:
        hit: Hit = index.data(_HIT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        box: QRect = option.rect.adjusted(4, 1, -4, -1)
        if option.state & QStyle.StateFlag.State_Selected:
            fill_round(painter, box, "accent_soft", 6)
        sign = QRect(box.left() + 8, box.center().y() - 9, 20, 20)
        if hit.node is not None:
            draw_kind(painter, sign, hit.node.kind.value, hit.node.model)
        elif hit.action is not None and not hit.action.icon().isNull():
            hit.action.icon().paint(painter, sign.adjusted(2, 2, -2, -2))
        else:
            paint_icon(painter, "command", sign.adjusted(2, 2, -2, -2), "text2")
        left = box.left() + 40
        room = QRect(left, box.top(), box.right() - left - 80, box.height())
        width = draw_text(painter, room, hit.title, "text", "medium")
        if hit.action is not None and hit.action.shortcuts():
            draw_key(painter, box.right() - 8, box.center().y() + 1, hit.action.shortcuts()[0].toString())
        elif hit.detail:
            rest = QRect(left + width + 10, box.top(), box.right() - left - width - 18, box.height())
            draw_text(painter, rest, hit.detail, "text3", "small")
        painter.restore()


class FindPopup(QFrame):
    """The search below the top bar."""

    def __init__(
        self, parent: QWidget, workspace: Workspace, book: ActionBook, show: Callable[[str], None]
    ) -> None:
        super().__init__(parent)
        self.setProperty("panel", "card")
        self._workspace, self._book, self._show = workspace, book, show
        self.field = QLineEdit()
        self.field.setPlaceholderText(self.tr("Find room, device, ID, action"))
        self.field.setAccessibleName(self.tr("Find"))
        self.field.setClearButtonEnabled(False)
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Found"))
        self._delegate = _HitDelegate(self)
        self.list.setItemDelegate(self._delegate)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.model = QStandardItemModel(self)
        self.list.setModel(self.model)
        box = QVBoxLayout(self)
        box.setContentsMargins(8, 8, 8, 8)
        box.addWidget(self.field)
        box.addWidget(self.list)
        shadow = QGraphicsDropShadowEffect(self)
        shadow.setBlurRadius(28)
        shadow.setOffset(0, 8)
        ink = colour("shadow")
        ink.setAlpha(60)
        shadow.setColor(ink)
        self.setGraphicsEffect(shadow)
        self.field.textChanged.connect(self._search)
        self.field.installEventFilter(self)
        self.list.clicked.connect(self._go)
        self._back: QWidget | None = None
        self.hide()

    def open_below(self, anchor: QWidget) -> None:
        """Show the search under its button, ready to type."""
        self._back = QApplication.focusWidget()
        parent = self.parentWidget()
        width = min(max(440, anchor.width()), parent.width() - 32)
        corner = parent.mapFromGlobal(anchor.mapToGlobal(anchor.rect().topLeft()))
        left = max(16, min(corner.x() + anchor.width() // 2 - width // 2, parent.width() - width - 16))
        self.setGeometry(left, corner.y() - 8, width, min(430, parent.height() - 60))
        self.field.clear()
        self._search("")
        self.show()
        self.raise_()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and self._key(event.key()):
            return True
        if event.type() == QEvent.Type.FocusOut:
            self.hide()
        return super().eventFilter(watched, event)

    def hits(self, words: str) -> list[Hit]:
        """Return what is found: devices, then actions."""
        site = self._workspace.project.site
        devices = [Hit(display_name(node), self._where(node), node=node) for node in find_nodes(site, words)]
        wanted = words.casefold().split()
        actions = [
            Hit(action.text(), "", action=action)
            for action in self._book.all()
            if action.isEnabled()
            and action.isVisible()
            and all(w in action.text().casefold() for w in wanted)
        ]
        return [*devices, *actions][:LIMIT]

    def _where(self, node: Node) -> str:
        site = self._workspace.project.site
        parent = display_name(site.nodes[node.parent]) if node.parent else ""
        floor = site.floors[node.floor].name if node.floor in site.floors else ""
        return " · ".join(part for part in (parent, floor, node.device_id or "") if part)

    def _search(self, words: str) -> None:
        self.model.clear()
        for hit in self.hits(words):
            item = QStandardItem(hit.title)
            item.setData(hit, _HIT)
            item.setData(f"{hit.title}, {hit.detail}", Qt.ItemDataRole.AccessibleTextRole)
            self.model.appendRow(item)
        self.list.setCurrentIndex(self.model.index(0, 0))

    def _key(self, key: int) -> bool:
        row = self.list.currentIndex().row()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up):
            step = 1 if key == Qt.Key.Key_Down else -1
            self.list.setCurrentIndex(self.model.index(max(0, min(row + step, self.model.rowCount() - 1)), 0))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._go(self.list.currentIndex())
        elif key == Qt.Key.Key_Escape:
            self.hide()
            if self._back is not None:
                self._back.setFocus(Qt.FocusReason.PopupFocusReason)
        else:
            return False
        return True

    def _go(self, index: QModelIndex) -> None:
        hit: Hit | None = index.data(_HIT)
        self.hide()
        if hit is None:
            return
        if hit.node is not None:
            self._show(hit.node.id)
        elif hit.action is not None:
            hit.action.trigger()
