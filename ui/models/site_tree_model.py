"""The hardware tree as a Qt model: indexed by node id, moved by the events of the site.

It mirrors only the order of ids, as far as its views have been told; everything else is read from the
site when a row is painted. IQs stand at the top; what has no parent is kept in one folder, "Not placed yet".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt, Signal

from larry.domain.catalogue import Catalogue
from larry.domain.edits import Edit, SetNode
from larry.domain.events import SilentListener
from larry.domain.records import DeviceRecord
from larry.domain.site import Site
from larry.services.place_node import PlaceAnswer
from ui.models.payload import FOUND_TYPE, NODES_TYPE, Payload, nodes_mime, payload_of
from ui.models.place_answers import PARKED, DropTarget, answer_drop
from ui.models.row_facts import RowFacts, row_facts, spoken
from ui.models.tree_mirror import TOP, TreeMirror

NODE_ROLE = Qt.ItemDataRole.UserRole + 1
DEVICE, LOAD, MARGIN, STATE, DEVICE_ID = range(5)
Index = QModelIndex | QPersistentModelIndex


class SiteTreeModel(QAbstractItemModel):
    """The tree of a site.

    Signals:
        refused: a drop was refused; carries the `PlaceAnswer`, the `Payload` and the `DropTarget`.
        refreshed: something a row shows may have changed.
    """

    refused = Signal(object, object, object)
    refreshed = Signal()

    def __init__(
        self,
        site: Site,
        catalogue: Catalogue,
        records: Mapping[str, DeviceRecord],
        do: Callable[[Edit, str], object],
    ) -> None:
        super().__init__()
        self.site, self.catalogue, self.records = site, catalogue, records
        self._do = do
        self._mirror = TreeMirror(site)
        self._facts: dict[str, RowFacts] = {}
        self._moving: tuple[str, str, int] | None = None
        self.read_only = False
        self._listener = _Listener(self)
        site.add_listener(self._listener)

    def release(self) -> None:
        """Stop listening to the site."""
        self.site.remove_listener(self._listener)

    # --- finding ------------------------------------------------------------------------

    def index_of(self, node_id: str, column: int = 0) -> QModelIndex:
        """Return the index of a device (or of the folder `PARKED`), invalid when it is not there."""
        if node_id not in self._mirror:
            return QModelIndex()
        return self.createIndex(self._mirror.row(node_id), column, self._mirror.key(node_id))

    def node_id(self, index: Index) -> str:
        """Return the id of an index: a device, `PARKED`, or "" for the root."""
        return self._mirror.name(index.internalId()) if index.isValid() else TOP

    def facts(self, node_id: str) -> RowFacts:
        """Return what the row of a device says."""
        known = self._facts.get(node_id)
        if known is None:
            known = row_facts(self.site, self.catalogue, self.records, self.site.nodes[node_id])
            self._facts[node_id] = known
        return known

    def parked(self) -> int:
        """Return how many devices have no parent yet."""
        return len(self._mirror.children(PARKED))

    # --- QAbstractItemModel -----------------------------------------------------------

    def index(self, row: int, column: int, parent: Index = QModelIndex()) -> QModelIndex:  # noqa: B008
        kids = self._mirror.children(self.node_id(parent))
        if not (0 <= row < len(kids) and 0 <= column < 5) or (parent.isValid() and parent.column() != 0):
            return QModelIndex()
        return self.createIndex(row, column, self._mirror.key(kids[row]))

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        if not index.isValid():
            return QModelIndex()
        home = self._mirror.home(self.node_id(index))
        return (
            QModelIndex()
            if home == TOP
            else self.createIndex(self._mirror.row(home), 0, self._mirror.key(home))
        )

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        if parent.isValid() and parent.column() != 0:
            return 0
        return len(self._mirror.children(self.node_id(parent)))

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 5

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            names = (
                self.tr("Device"),
                self.tr("Load"),
                self.tr("Link margin"),
                self.tr("State"),
                self.tr("ID"),
            )
            return names[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        node_id = self.node_id(index)
        if role == NODE_ROLE:
            return node_id
        if node_id == PARKED:
            return self._folder_data(index.column(), role)
        if node_id not in self.site.nodes:
            return None
        if role == Qt.ItemDataRole.EditRole and index.column() == DEVICE:
            return self.site.nodes[node_id].name
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return (
                spoken(self.facts(node_id))
                if index.column() == DEVICE
                else self._text(node_id, index.column())
            )
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node_id, index.column())
        return None

    def setData(self, index: Index, value: Any, role: int = Qt.ItemDataRole.EditRole) -> bool:
        node = self.site.nodes.get(self.node_id(index))
        name = " ".join(str(value).split())
        if node is None or role != Qt.ItemDataRole.EditRole or index.column() != DEVICE:
            return False
        if not name or name == node.name:
            return False
        self._do(
            SetNode(node.id, "name", name), self.tr("Rename {old} to {new}").format(old=node.name, new=name)
        )
        return True

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid():
            return Qt.ItemFlag.ItemIsDropEnabled
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsDropEnabled | Qt.ItemFlag.ItemIsSelectable
        if self.node_id(index) != PARKED and not self.read_only:
            flags |= Qt.ItemFlag.ItemIsDragEnabled
            if index.column() == DEVICE:
                flags |= Qt.ItemFlag.ItemIsEditable
        return flags

    # --- drag and drop: every question goes to the service -----------------------------------

    def supportedDropActions(self) -> Qt.DropAction:
        return Qt.DropAction.MoveAction | Qt.DropAction.CopyAction

    def mimeTypes(self) -> list[str]:
        return [NODES_TYPE, FOUND_TYPE]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:
        return nodes_mime([self.node_id(index) for index in indexes if index.column() == 0])

    def canDropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        payload = payload_of(data)
        return payload is not None and self.answer(payload, self._target(row, parent)).edit is not None

    def dropMimeData(
        self, data: QMimeData, action: Qt.DropAction, row: int, column: int, parent: Index
    ) -> bool:
        payload = payload_of(data)
        if payload is not None:
            self.drop(payload, self._target(row, parent))
        return False  # the edit moved the row; the view must not remove it a second time

    def answer(self, payload: Payload, target: DropTarget) -> PlaceAnswer:
        """Say what dropping here would do."""
        return answer_drop(self.site, self.catalogue, self.records, payload, target)

    def drop(self, payload: Payload, target: DropTarget) -> bool:
        """Do it, or say why not; return whether something changed."""
        answer = self.answer(payload, target)
        if answer.edit is None or self.read_only:
            self.refused.emit(answer, payload, target)
            return False
        self._do(answer.edit, answer.label)
        return True

    def _target(self, row: int, parent: Index) -> DropTarget:
        node_id = self.node_id(parent)
        return DropTarget(node_id or None, None if row < 0 else row)

    # --- refreshing ---------------------------------------------------------------------

    def refresh(self) -> None:
        """Read all rows again at the next paint; only those in view are read at all."""
        self._facts.clear()
        self.refreshed.emit()

    def touch(self, node_id: str) -> None:
        """Tell views that a device and those above it may look different."""
        self._facts.clear()
        for each in [node_id, *(above.id for above in self._above(node_id))]:
            index = self.index_of(each)
            if index.isValid():
                self.dataChanged.emit(index, index.siblingAtColumn(4))
        self.refreshed.emit()

    def _above(self, node_id: str) -> list[Any]:
        return list(self.site.ancestors(node_id)) if node_id in self.site.nodes else []

    # --- following the site --------------------------------------------------------------

    def insert_row(self, node_id: str) -> None:
        """Show a device that came."""
        mirror = self._mirror
        home = mirror.home_in_site(node_id)
        siblings = list(self.site.children(self.site.nodes[node_id].parent))
        row = mirror.row_among(home, node_id, siblings)
        self.beginInsertRows(self._index_of_home(home), row, row)
        mirror.insert(node_id, home, row)
        self.endInsertRows()
        self.touch(node_id)

    def begin_removal(self, node_id: str) -> None:
        """Announce that a device goes."""
        row = self._mirror.row(node_id)
        self.beginRemoveRows(self._index_of_home(self._mirror.home(node_id)), row, row)

    def end_removal(self, node_id: str) -> None:
        """Let it go."""
        home = self._mirror.remove(node_id)
        self.endRemoveRows()
        self._facts.clear()
        if home not in (TOP, PARKED):
            self.touch(home)
        self.refreshed.emit()

    def begin_move(self, node_id: str, parent: str | None, index: int) -> None:
        """Announce a move to the views, in their rows."""
        mirror = self._mirror
        siblings = [each for each in self.site.children(parent) if each != node_id]
        siblings.insert(index, node_id)
        home = mirror.home_below(node_id, parent)
        row = mirror.row_among(home, node_id, siblings)
        old_home, old_row = mirror.home(node_id), mirror.row(node_id)
        self._moving = None
        if home == old_home and row == old_row:
            return
        before = row + 1 if home == old_home and row > old_row else row
        source, target = self._index_of_home(old_home), self._index_of_home(home)
        if self.beginMoveRows(source, old_row, old_row, target, before):
            self._moving = (old_home, home, row)

    def end_move(self, node_id: str) -> None:
        """Carry the move out."""
        if self._moving is not None:
            old_home, home, row = self._moving
            self._moving = None
            self._mirror.move(node_id, home, row)
            self.endMoveRows()
            if old_home not in (TOP, PARKED):
                self.touch(old_home)
        self.touch(node_id)

    def _index_of_home(self, home: str) -> QModelIndex:
        return QModelIndex() if home == TOP else self.index_of(home)

    # --- words ---------------------------------------------------------------------------

    def _folder_data(self, column: int, role: int) -> Any:
        if column != 0 or role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        return self.tr("Not placed yet")

    def _text(self, node_id: str, column: int) -> str:
        facts = self.facts(node_id)
        if column == MARGIN:
            if facts.margin_db is not None:
                return f"{facts.margin_db:.0f} dB"
            return "" if facts.kind == "iq" else self.tr("not measured")
        load = facts.load if facts.placed else self.tr("No parent")
        return (facts.name, load, "", facts.state.word, facts.id_text)[column]


class _Listener(SilentListener):
    """Forwards the site's events; a class of its own because the names are the site's."""

    def __init__(self, model: SiteTreeModel) -> None:
        self._model = model

    def node_inserted(self, node_id: str) -> None:
        self._model.insert_row(node_id)

    def node_removing(self, node_id: str) -> None:
        self._model.begin_removal(node_id)

    def node_removed(self, node_id: str, parent: str | None) -> None:
        self._model.end_removal(node_id)

    def node_moving(self, node_id: str, parent: str | None, index: int) -> None:
        self._model.begin_move(node_id, parent, index)

    def node_moved(self, node_id: str, old_parent: str | None) -> None:
        self._model.end_move(node_id)

    def node_changed(self, node_id: str, field: str) -> None:
        self._model.touch(node_id)

    def site_changed(self, field: str) -> None:
        self._model.refresh()

    def link_changed(self, a: str, b: str) -> None:
        for node_id in (a, b):
            if node_id in self._model.site.nodes:
                self._model.touch(node_id)
