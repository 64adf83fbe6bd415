"""Found devices as a list: what is new here, then what belongs to this project."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QAbstractListModel, QMimeData, QModelIndex, QPersistentModelIndex, Qt

from larry.domain.catalogue import Catalogue
from larry.services.nearby import NearbyRow, Relation
from larry.services.place_node import FoundHardware
from ui.models.payload import FOUND_TYPE, found_mime

ROW_ROLE = Qt.ItemDataRole.UserRole + 1
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True, slots=True)
class Heading:
    """A line between the sections."""

    text: str
    count: int


def hardware_of(row: NearbyRow, catalogue: Catalogue) -> FoundHardware:
    """Return a found device as the placing service takes it."""
    found = row.found
    model = found.model if found.model in catalogue.models else None
    return FoundHardware(found.identity, found.kind, found.device_id or None, found.name, model)


class NearbyModel(QAbstractListModel):
    """Headings and rows; keyed by identity, so that rows keep their place and selection."""

    def __init__(self, catalogue: Catalogue) -> None:
        super().__init__()
        self.catalogue = catalogue
        self.items: list[Heading | NearbyRow] = []

    def show(self, rows: list[NearbyRow]) -> bool:
        """Show rows; return True when the list was built anew (then the selection has to be set again)."""
        items = self._sections(rows)
        if [_key(item) for item in items] == [_key(item) for item in self.items]:
            self.items = items
            if items:
                self.dataChanged.emit(self.index(0), self.index(len(items) - 1))
            return False
        self.beginResetModel()
        self.items = items
        self.endResetModel()
        return True

    def sample(self, snapshot: Any) -> None:
        """Take over signal strengths and ages only."""
        found = {device.identity: device for device in snapshot.devices}
        for number, item in enumerate(self.items):
            if isinstance(item, NearbyRow) and item.found.identity in found:
                self.items[number] = replace(item, found=found[item.found.identity])
        if self.items:
            self.dataChanged.emit(self.index(0), self.index(len(self.items) - 1))

    def row_of(self, identity: str) -> int:
        """Return the row of a found device, -1 when it is not there."""
        for number, item in enumerate(self.items):
            if isinstance(item, NearbyRow) and item.found.identity == identity:
                return number
        return -1

    def row_of_node(self, node_id: str) -> int:
        """Return the row of a planned device that is heard, -1 when it is not."""
        for number, item in enumerate(self.items):
            if isinstance(item, NearbyRow) and item.node_id == node_id and node_id:
                return number
        return -1

    def _sections(self, rows: list[NearbyRow]) -> list[Heading | NearbyRow]:
        ours = [row for row in rows if row.relation is Relation.IN_PROJECT]
        new = [row for row in rows if row.relation is Relation.NEW]
        foreign = [row for row in rows if row.relation is Relation.FOREIGN]
        items: list[Heading | NearbyRow] = []
        if new or foreign:
            items += [Heading(self.tr("New here"), len(new) + len(foreign)), *new, *foreign]
        if ours:
            items += [Heading(self.tr("In this project"), len(ours)), *ours]
        return items

    # --- QAbstractListModel -------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        item = self.items[index.row()]
        if role == ROW_ROLE:
            return item
        if isinstance(item, Heading):
            return f"{item.text} {item.count}" if role in _TEXT_ROLES else None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.title(item)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            parts = [self.title(item), self.detail(item)]
            if item.found.rssi_dbm is not None:
                parts.append(self.tr("{rssi} dBm").format(rssi=round(item.found.rssi_dbm)))
            if item.suggestions:
                parts.append(self.tr("likely {name}").format(name=item.suggestions[0].name))
            return ", ".join(part for part in parts if part)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tip(item)
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not index.isValid() or isinstance(self.items[index.row()], Heading):
            return Qt.ItemFlag.ItemIsEnabled if index.isValid() else Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsDragEnabled

    def mimeTypes(self) -> list[str]:
        return [FOUND_TYPE]

    def mimeData(self, indexes: list[QModelIndex]) -> QMimeData:
        row = indexes[0].data(ROW_ROLE) if indexes else None
        return found_mime(hardware_of(row, self.catalogue)) if isinstance(row, NearbyRow) else QMimeData()

    # --- words ----------------------------------------------------------------------------------

    def title(self, row: NearbyRow) -> str:
        """Return the first line: the planned name, else what it is."""
        if row.relation is Relation.IN_PROJECT:
            return row.name
        if row.relation is Relation.FOREIGN:
            return row.found.name or self.tr("Unknown maker")
        model = self.catalogue.models.get(row.found.model)
        kinds = {"iq": self.tr("IQ"), "repeater": self.tr("Repeater"), "lock": self.tr("Lock")}
        return model.name if model else kinds.get(row.found.kind, row.name)

    def detail(self, row: NearbyRow) -> str:
        """Return the second line: state, or the Device ID in groups."""
        found = row.found
        states = {
            "window-open": self.tr("window open"),
            "fault": self.tr("reports a fault"),
            "in-site": self.tr("in a site"),
            "factory": self.tr("new, not in a site"),
        }
        state = states.get(found.state, "")
        if row.relation is Relation.FOREIGN:
            return (
                self.tr("speaks {what}").format(what=", ".join(found.speaks))
                if found.speaks
                else found.address
            )
        grouped = grouped_id(found.device_id)
        if row.relation is Relation.IN_PROJECT:
            return " · ".join(part for part in (state, short_device_id(found.device_id)) if part)
        return grouped or self.tr("asking who it is…")

    def _tip(self, row: NearbyRow) -> str:
        found = row.found
        lines = [self.title(row), self.detail(row)]
        if found.firmware:
            lines.append(self.tr("Firmware {version}").format(version=found.firmware))
        if found.battery_percent is not None:
            lines.append(self.tr("Battery {percent} %").format(percent=found.battery_percent))
        if found.speaks:
            lines.append(self.tr("Speaks {what}").format(what=", ".join(found.speaks)))
        lines.append(" ".join(part for part in (found.address, found.port) if part))
        if found.last_seen_s > 2:
            lines.append(self.tr("Last heard {seconds} s ago").format(seconds=round(found.last_seen_s)))
        return "\n".join(line for line in lines if line)


_TEXT_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)


def short_device_id(device_id: str) -> str:
    """Return the end of a long Device ID, a short one whole."""
    return device_id if len(device_id) <= 8 else device_id[-6:]


def grouped_id(device_id: str) -> str:
    """Return a Device ID in groups of four, as people read it aloud."""
    if "." in device_id:
        return device_id
    return " ".join(device_id[at : at + 4] for at in range(0, len(device_id), 4))


def _key(item: Heading | NearbyRow) -> tuple[str, str, str]:
    if isinstance(item, Heading):
        return ("heading", item.text, "")
    return ("row", item.found.identity, item.suggestions[0].node_id if item.suggestions else "")
