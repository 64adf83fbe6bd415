"""The left side of Commission: how far the job is, the queue, start and stop."""

from __future__ import annotations

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHBoxLayout, QListView, QProgressBar, QVBoxLayout

from larry.services.commission.board import Board
from ui.components.button import Button
from ui.components.text import ElidedText, Text, line
from ui.stages.commission.queue_delegate import QueueDelegate
from ui.stages.commission.queue_items import QueueItem
from ui.stages.commission.queue_model import ITEM_ROLE, QueueModel


class QueuePane(QFrame):
    """Shows the job's queue.

    Signals:
        chosen: a person chose a row; carries its key.
        go: Start, Continue or Pause was pressed.
        stop: Stop was pressed.
    """

    chosen = Signal(str)
    go = Signal()
    stop = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("panel", "surface")
        self.title = ElidedText("", "heading")
        self.count = Text("", "base", "text2")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(self.tr("Progress of the job"))
        self.hint = Text("", "small", "text2", wrap=True)
        self.model = QueueModel(self)
        self.list = QListView()
        self.start_button = Button(self.tr("Start job"), "primary", "play")
        self.stop_button = Button(self.tr("Stop"), "danger")
        self._prepare_list()
        self._lay_out()
        self.start_button.clicked.connect(self.go)
        self.stop_button.clicked.connect(self.stop)

    def show_board(
        self, board: Board, items: list[QueueItem], hint: str, *, read_only: bool, begun: bool, quiet: bool
    ) -> None:
        """Show the job as it is now.

        Args:
            board: of the moment.
            items: the rows.
            hint: the line below the bar.
            read_only: the site was released.
            begun: Continue instead of Start.
            quiet: the page in the middle has the primary button.
        """
        self.count.setText(self.tr("{done} of {total}").format(done=board.done, total=board.total))
        self.bar.setMaximum(max(1, board.total))
        self.bar.setValue(board.done)
        self.hint.setText(hint)
        self.hint.setVisible(bool(hint))
        key = self.key()
        self.model.show_items(items)
        if key != self.key():
            self.select(key)
        self._show_buttons(board, read_only, begun, quiet)

    def key(self) -> str:
        """Return the key of the chosen row, "" for none."""
        item = self.list.currentIndex().data(ITEM_ROLE)
        return item.key if item is not None else ""

    def select(self, key: str) -> None:
        """Mark a row without telling anybody."""
        row = self.model.row_of(key)
        chooser = self.list.selectionModel()
        blocked = chooser.blockSignals(True)
        if row < 0:
            chooser.clear()
        else:
            flag = QItemSelectionModel.SelectionFlag.ClearAndSelect
            chooser.setCurrentIndex(self.model.index(row), flag)
        chooser.blockSignals(blocked)
        self.list.viewport().update()
        if row >= 0:
            self.list.scrollTo(self.model.index(row))

    def _show_buttons(self, board: Board, read_only: bool, begun: bool, quiet: bool) -> None:
        look = (self.tr("Start job"), "play", "primary")
        if board.running:
            look = (self.tr("Pause job"), "pause", "plain")
            if board.paused:
                look = (self.tr("Continue job"), "play", "primary")
        elif begun:
            look = (self.tr("Continue job"), "play", "primary")
        if board.total and board.done == board.total and not board.running:
            look = (self.tr("Hand over"), "clipboard-check", "primary")
        text, sign, variant = look
        self.start_button.set_look(text=text, icon=sign, variant="plain" if quiet else variant)
        self.start_button.setEnabled(bool(board.total) and (not read_only or board.done == board.total))
        self.stop_button.setVisible(board.running)

    def _prepare_list(self) -> None:
        self.list.setModel(self.model)
        self.list.setItemDelegate(QueueDelegate(self.list))
        self.list.setAccessibleName(self.tr("Queue of the job"))
        self.list.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.list.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.selectionModel().currentChanged.connect(self._chosen)

    def _chosen(self, now: QModelIndex) -> None:
        item = now.data(ITEM_ROLE)
        if item is not None and not item.heading:
            self.chosen.emit(item.key)

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.addWidget(self.title, 1)
        top.addWidget(self.count)
        head = QVBoxLayout()
        head.setContentsMargins(16, 14, 16, 8)
        head.setSpacing(8)
        head.addLayout(top)
        head.addWidget(self.bar)
        head.addWidget(self.hint)
        foot = QHBoxLayout()
        foot.setContentsMargins(16, 12, 16, 12)
        foot.setSpacing(8)
        foot.addWidget(self.start_button, 1)
        foot.addWidget(self.stop_button)
        self.start_button.setSizePolicy(
            self.bar.sizePolicy().horizontalPolicy(), self.start_button.sizePolicy().verticalPolicy()
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self.list, 1)
        column.addWidget(line())
        column.addLayout(foot)
