"""The list of recent sites on the start page."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QAbstractListModel, QLocale, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ui.components.chip import draw_chip
from ui.components.painting import draw_focus_ring, draw_text, fill_round
from ui.shell.memory import RecentSite
from ui.style.icons import paint_icon
from ui.style.theme import colour
from ui.words import counted

SITE_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_HEIGHT = 70
_RIGHT = Qt.AlignmentFlag.AlignRight


class RecentModel(QAbstractListModel):
    """Recent sites, filtered by words of name and path."""

    def __init__(self) -> None:
        super().__init__()
        self._all: list[RecentSite] = []
        self._shown: list[RecentSite] = []
        self._words = ""

    def set_sites(self, sites: list[RecentSite]) -> None:
        """Show these."""
        self._all = sites
        self.filter(self._words)

    def filter(self, words: str) -> None:
        """Show only sites that hold every word."""
        self._words = words
        wanted = words.casefold().split()
        self.beginResetModel()
        self._shown = [s for s in self._all if all(w in f"{s.name} {s.path}".casefold() for w in wanted)]
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._shown)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        if not index.isValid():
            return None
        site = self._shown[index.row()]
        if role == SITE_ROLE:
            return site
        if role == Qt.ItemDataRole.DisplayRole:
            return site.name
        if role == Qt.ItemDataRole.ToolTipRole:
            return site.path
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                (site.name, state_words(self, site)[0], online_words(self, site), when(self, site))
            )
        return None


def online_words(context: RecentModel | QStyledItemDelegate, site: RecentSite) -> str:
    """Return how many devices of a site are online."""
    text = context.tr("{online} of {total} devices online")
    return (
        text.format(online=site.online, total=site.devices) if site.devices else context.tr("No devices yet")
    )


def state_words(context: RecentModel | QStyledItemDelegate, site: RecentSite) -> tuple[str, str, str]:
    """Return the state of a site: words, tone, icon."""
    if not site.exists:
        return context.tr("File not found"), "error", "octagon-x"
    if site.practice:
        return context.tr("Practice site"), "accent", "flask-conical"
    return {
        "released": (context.tr("Released, read-only"), "ok", "circle-check"),
        "handed-over": (context.tr("Handed over, not accepted"), "warn", "clipboard-check"),
        "commissioning": (context.tr("Commissioning"), "info", "circle-play"),
    }.get(site.state, (context.tr("Planning"), "neutral", "pencil-ruler"))


def when(context: RecentModel | QStyledItemDelegate, site: RecentSite) -> str:
    """Return when a site was last open, as people say it."""
    try:
        moment = datetime.fromisoformat(site.at).astimezone()
    except ValueError:
        return ""
    days = (datetime.now().astimezone().date() - moment.date()).days
    if days == 0:
        return context.tr("Today {time}").format(time=f"{moment:%H:%M}")
    if days == 1:
        return context.tr("Yesterday")
    return QLocale().toString(moment.date(), "d MMM" if days < 300 else "d MMM yyyy")


def place(path: str) -> str:
    """Return a path as people read it: from the home folder on, with its last parts."""
    full = Path(path)
    try:
        parts = full.relative_to(Path.home()).parts
    except ValueError:
        parts = full.parts[-3:]
    return " / ".join(part for part in parts if part != "/")


class RecentDelegate(QStyledItemDelegate):
    """Paints one site: name and file, devices online, state, when and what is open."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(400, ROW_HEIGHT)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        site: RecentSite = index.data(SITE_ROLE)
        box: QRect = option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & (QStyle.StateFlag.State_MouseOver | QStyle.StateFlag.State_Selected):
            fill_round(painter, box.adjusted(1, 1, -1, -1), "hover", 8)
        if index.row():
            painter.fillRect(QRect(box.left() + 1, box.top(), box.width() - 2, 1), colour("border"))
        self._paint_name(painter, box, site)
        if box.width() > 640:
            self._paint_progress(painter, box, site)
        words, tone, name = state_words(self, site)
        wide = box.width() > 640
        left = (
            max(int(box.width() * 0.495), int(box.width() * 0.33) + 166) if wide else int(box.width() * 0.42)
        )
        draw_chip(painter, box.left() + left, box.center().y(), words, tone, name)
        self._paint_when(painter, box, site)
        if option.state & QStyle.StateFlag.State_HasFocus:
            draw_focus_ring(painter, box.adjusted(2, 2, -2, -2), 8)
        painter.restore()

    def _paint_name(self, painter: QPainter, box: QRect, site: RecentSite) -> None:
        sign = QRect(box.left() + 20, box.center().y() - 19, 40, 40)
        fill_round(painter, sign, "sunken", 8)
        paint_icon(painter, "building-2", sign.adjusted(11, 11, -11, -11), "text2")
        left = box.left() + 76
        width = int(box.width() * (0.33 if box.width() > 640 else 0.4)) - 86
        draw_text(painter, QRect(left, box.top() + 15, width, 20), site.name, "text", "body-strong")
        draw_text(painter, QRect(left, box.top() + 36, width, 18), place(site.path), "text3", "small")

    def _paint_progress(self, painter: QPainter, box: QRect, site: RecentSite) -> None:
        left = box.left() + int(box.width() * 0.33)
        bar = QRect(left, box.top() + 22, 150, 6)
        fill_round(painter, bar, "sunken", 3)
        if site.online and site.devices:
            done = QRect(bar)
            done.setWidth(max(6, bar.width() * site.online // site.devices))
            fill_round(painter, done, "ok" if site.online >= site.devices else "accent", 3)
        draw_text(painter, QRect(left, box.top() + 34, 160, 18), online_words(self, site), "text2", "small")

    def _paint_when(self, painter: QPainter, box: QRect, site: RecentSite) -> None:
        right = QRect(box.right() - 170, box.top() + 15, 150, 18)
        draw_text(painter, right, when(self, site), "text3", "small", _RIGHT)
        below = ""
        if site.open_acts:
            below = counted(site.open_acts, self.tr("{n} open act"), self.tr("{n} open acts"))
        elif site.errors:
            below = counted(site.errors, self.tr("{n} error"), self.tr("{n} errors"))
        draw_text(painter, right.translated(0, 20), below, "text3", "small", _RIGHT)
