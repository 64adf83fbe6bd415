"""The button of the window: painted from tokens, with icon, text and the key that does the same."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QAction, QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ui.components.painting import draw_focus_ring, draw_key, draw_text, fill_round, text_width
from ui.style.icons import paint_icon
from ui.style.tokens import RADIUS_CONTROL

_HEIGHTS = {"s": 28, "m": 32, "l": 42}
_ROLES = {"s": "small-medium", "m": "medium", "l": "body-medium"}


class Button(QPushButton):
    """A push button.

    Args:
        variant: `primary` (one on a page), `plain`, `ghost` (no frame) or `danger` (ghost, error colour).
        icon: a Lucide name, or "".
        key: the key shown inside, such as `M`; for information: the shortcut is an action's.
        size: `s`, `m` or `l`.
        icon_last: put the icon behind the text.
    """

    def __init__(
        self,
        text: str = "",
        variant: str = "plain",
        icon: str = "",
        key: str = "",
        size: str = "m",
        icon_last: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self._variant = variant
        self._icon_name = icon
        self._key = key
        self._size = size
        self._tint = ""
        self._icon_last = icon_last
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)

    def set_look(
        self, *, text: str | None = None, icon: str | None = None, variant: str | None = None
    ) -> None:
        """Change what it shows."""
        if text is not None:
            self.setText(text)
            self.setAccessibleName(text)
        self._icon_name = self._icon_name if icon is None else icon
        self._variant = self._variant if variant is None else variant
        self.updateGeometry()
        self.update()

    def set_tint(self, token: str) -> None:
        """Paint icon and text of a plain or ghost button in a token's colour."""
        self._tint = token
        self.update()

    def follow(self, action: QAction) -> None:
        """Do what an action does, and be enabled, visible and explained as it is."""
        self.clicked.connect(action.trigger)

        def refresh() -> None:
            self.setEnabled(action.isEnabled())
            self.setVisible(action.isVisible())
            self.setToolTip(action.toolTip())
            if not self.accessibleName():
                self.setAccessibleName(action.text().replace("&", ""))

        action.changed.connect(refresh)
        refresh()

    def sizeHint(self) -> QSize:
        height = _HEIGHTS[self._size]
        if not self.text():
            return QSize(height, height)
        width = text_width(self.text(), _ROLES[self._size]) + 2 * self._padding()
        width += (self._icon_px() + 8) if self._icon_name else 0
        width += (max(20, text_width(self._key, "small-medium") + 12) + 8) if self._key else 0
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink = self._paint_ground(painter)
        self._paint_content(painter, ink)
        if self.hasFocus():
            draw_focus_ring(painter, self.rect(), RADIUS_CONTROL)

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt presses a button with Space alone outside dialogs; people press Enter.
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def _padding(self) -> int:
        return {"s": 11, "m": 12, "l": 18}[self._size]

    def _icon_px(self) -> int:
        return 18 if self._size == "l" else 16

    def _paint_ground(self, painter: QPainter) -> str:
        box = self.rect()
        hot = self.underMouse() and self.isEnabled()
        if self._variant == "primary":
            if not self.isEnabled():
                painter.setOpacity(0.45)
            fill_round(painter, box, "accent_hover" if hot or self.isDown() else "accent", RADIUS_CONTROL)
            if self.hasFocus():
                fill_round(painter, box.adjusted(3, 3, -3, -3), None, 4, "on_accent")
            return "on_accent"
        if self._variant == "plain":
            border = "control" if self.isEnabled() else "border"
            fill_round(painter, box, "hover" if hot else "surface", RADIUS_CONTROL, border)
        elif hot or self.isChecked():
            fill_round(painter, box, "hover" if not self.isChecked() else "accent_soft", RADIUS_CONTROL)
        if not self.isEnabled():
            return "text3"
        return self._tint or {"danger": "error", "ghost": "text2"}.get(self._variant, "text")

    def _paint_content(self, painter: QPainter, ink: str) -> None:
        if not self.isEnabled() and self._variant != "primary":
            painter.setOpacity(0.6)
        box = self.rect()
        side = self._icon_px()
        role = _ROLES[self._size]
        middle = box.center().y() + 1
        key_width = (
            (max(20, text_width(self._key, "small-medium") + 12) + 8) if self._key and self.text() else 0
        )
        if not self.text():
            paint_icon(
                painter,
                self._icon_name,
                QRect(box.center().x() - side // 2 + 1, middle - side // 2, side, side),
                ink,
            )
            return
        icon_width = side + 8 if self._icon_name else 0
        wanted = icon_width + text_width(self.text(), role) + key_width
        key = self._key if wanted <= box.width() - 12 else ""  # rather the whole word than the key
        if not key:
            wanted, key_width = wanted - key_width, 0
        left = box.left() + max(6, (box.width() - wanted) // 2)
        room = box.right() - 5 - left - icon_width - key_width
        words = QRect(left + (0 if self._icon_last else icon_width), box.top(), room, box.height())
        width = draw_text(painter, words, self.text(), ink, role)
        if self._icon_name:
            at = words.left() + width + 6 if self._icon_last else left
            paint_icon(painter, self._icon_name, QRect(at, middle - side // 2, side, side), ink)
        if key:
            border = "on_accent" if self._variant == "primary" else "border"
            right = left + icon_width + width + key_width
            draw_key(
                painter, right, middle, self._key, "on_accent" if border == "on_accent" else "text3", border
            )
