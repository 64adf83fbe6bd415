"""The one style sheet, made from tokens. What it cannot do is painted by `ui.components`."""

from __future__ import annotations

from dataclasses import asdict
from string import Template

from ui.style.tokens import RADIUS_CARD, RADIUS_CONTROL, Tokens

_SHEET = Template("""
* { outline: none; }
QWidget { color: $text; }
QMainWindow, QDialog { background: $bg; }
QToolTip { background: $text; color: $surface; border: 0; padding: 6px 8px; font-size: 12px; }
QLabel { background: transparent; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="error"] { color: $error; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="info"] { color: $info; }

QFrame[panel="surface"] { background: $surface; border: 0; }
QFrame[panel="bg"] { background: $bg; border: 0; }
QFrame[panel="sunken"] { background: $sunken; border: 0; }
QFrame[panel="card"] { background: $surface; border: 1px solid $border; border-radius: ${card}px; }
QFrame[panel="warn"] { background: $warn_soft; border: 0; border-radius: 8px; }
QFrame[panel="error"] { background: $error_soft; border: 0; border-radius: 8px; }
QFrame[panel="info"] { background: $info_soft; border: 0; border-radius: 8px; }
QFrame[panel="ok"] { background: $ok_soft; border: 0; border-radius: 8px; }
QFrame[panel="accent"] { background: $accent_soft; border: 0; border-radius: 8px; }
QFrame[line="h"] { background: $border; border: 0; min-height: 1px; max-height: 1px; }
QFrame[line="v"] { background: $border; border: 0; min-width: 1px; max-width: 1px; }

QLineEdit, QPlainTextEdit, QTextEdit, QSpinBox, QDoubleSpinBox, QComboBox, QDateEdit {
  background: $surface; color: $text; border: 1px solid $control; border-radius: ${control_r}px;
  padding: 4px 8px; min-height: 20px; selection-background-color: $accent; selection-color: $on_accent; }
QLineEdit:hover, QComboBox:hover, QSpinBox:hover { border-color: $text2; }
QLineEdit:focus, QPlainTextEdit:focus, QTextEdit:focus, QSpinBox:focus,
QComboBox:focus, QDoubleSpinBox:focus {
  border: 2px solid $accent; padding: 3px 7px; }
QLineEdit:disabled, QComboBox:disabled, QSpinBox:disabled {
  background: $bg; color: $text3; border-color: $border; }
QLineEdit[invalid="true"], QComboBox[invalid="true"] { border-color: $error; }
QLineEdit[bare="true"] { border: 1px solid transparent; background: transparent; padding: 3px 6px; }
QLineEdit[bare="true"]:hover { border-color: $control; background: $surface; }
QLineEdit[bare="true"]:focus { border: 2px solid $accent; background: $surface; padding: 2px 5px; }
QComboBox::drop-down { border: 0; width: 24px; }
QComboBox::down-arrow { image: url($chevron); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $surface; border: 1px solid $border; padding: 4px;
  selection-background-color: $accent_soft; selection-color: $text; }
QSpinBox QLineEdit { border: 0; padding: 0 0 0 7px; background: transparent; min-height: 0; }
QComboBox QLineEdit { border: 0; padding: 0; background: transparent; min-height: 0; }
QSpinBox::up-button, QSpinBox::down-button { width: 0; border: 0; }

QCheckBox, QRadioButton { spacing: 8px; min-height: 24px; }
QCheckBox::indicator {
  width: 16px; height: 16px; border: 1px solid $control; border-radius: 4px; background: $surface; }
QCheckBox::indicator:checked { background: $accent; border-color: $accent; image: url($tick); }
QCheckBox::indicator:focus { border: 2px solid $accent; }
QRadioButton::indicator {
  width: 16px; height: 16px; border: 1px solid $control; border-radius: 8px; background: $surface; }
QRadioButton::indicator:checked { border: 5px solid $accent; width: 8px; height: 8px; }

QMenu { background: $surface; border: 1px solid $border; border-radius: 8px; padding: 6px; }
QMenu::item { padding: 6px 28px 6px 10px; border-radius: 6px; margin: 1px 0; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $text3; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $border; margin: 6px 4px; }
QMenuBar { background: $surface; border-bottom: 1px solid $border; padding: 2px 8px; }
QMenuBar::item { padding: 6px 10px; border-radius: 6px; background: transparent; }
QMenuBar::item:selected { background: $accent_soft; }

QTreeView {
  background: $surface; border: 0; selection-background-color: transparent; selection-color: $text; }
QListView, QTableView, QListWidget {
  background: $surface; border: 0; selection-background-color: $accent_soft; selection-color: $text; }
QListWidget::item { padding: 6px 8px; border-radius: 6px; }
QListWidget::item:selected { background: $accent_soft; color: $text; }
QListWidget::item:hover { background: $hover; }
QHeaderView { background: $surface; border: 0; }
QHeaderView::section { background: $surface; color: $text2; border: 0; border-bottom: 1px solid $border;
  padding: 0 8px 0 0; font-size: 12px; font-weight: 500; }
QHeaderView::section:first { padding-left: 16px; }
QScrollArea { background: transparent; border: 0; }
QScrollArea > QWidget > QWidget[plain="true"] { background: transparent; }
QSplitter::handle { background: $border; }
QSplitter::handle:horizontal { width: 1px; }
QSplitter::handle:vertical { height: 1px; }
QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar::handle:vertical { background: $scroll; border-radius: 4px; min-height: 32px; margin: 2px; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle:horizontal { background: $scroll; border-radius: 4px; min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $control; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
  background: transparent; border: 0; width: 0; height: 0; }

QProgressBar { background: $sunken; border: 0; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }
QSlider::groove:horizontal { height: 4px; background: $border; border-radius: 2px; }
QSlider::sub-page:horizontal { background: $accent; border-radius: 2px; }
QSlider::handle:horizontal { background: $surface; border: 2px solid $accent; width: 12px; height: 12px;
  margin: -6px 0; border-radius: 8px; }
QSlider::handle:horizontal:focus { background: $accent_soft; }
""")


def stylesheet(look: Tokens, images: dict[str, str] | None = None) -> str:
    """Return the style sheet of a look.

    Args:
        images: paths of small pictures the sheet needs: `chevron` and `tick`.
    """
    pictures = images or {"chevron": "", "tick": ""}
    values = {
        **{key: value for key, value in asdict(look).items() if key != "control"},
        "control": look.control,
        "control_r": RADIUS_CONTROL,
        "card": RADIUS_CARD,
        "scroll": "#C3C8D1" if not look.is_dark else "#3A414C",
        **pictures,
    }
    return _SHEET.substitute(values)
