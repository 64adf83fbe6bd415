"""Planned, written, read back: side by side and never mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.records import DeviceRecord, Reading
from larry.domain.rule_context import display_name
from larry.domain.site import Site
from ui.components.text import ElidedText, Text, line

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class CompareRow:
    """One line: the three states of one value; `differs` when the plan was not written yet."""

    name: str
    planned: str
    written: str
    observed: str
    differs: bool
    tip: str = ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("CompareTable", text)


def compare_rows(site: Site, node: Node, record: DeviceRecord | None) -> list[CompareRow]:
    """Return the lines for a device."""
    record = record or DeviceRecord()
    parent = display_name(site.nodes[node.parent]) if node.parent else NOTHING
    values: list[tuple[str, str, Any]] = [("name", _tr("Name"), node.name or NOTHING)]
    if node.kind is Kind.IQ:
        values.append(("time_zone", _tr("Time zone"), node.time_zone or NOTHING))
        values.append(("wifi_ssid", _tr("Wi-Fi"), node.wifi_ssid or NOTHING))
    else:
        values.append(("parent", _tr("Parent"), parent))
    values.append(("device_id", _tr("Device ID"), _end(node.device_id) or NOTHING))
    rows = [_row(site, key, name, planned, record) for key, name, planned in values]
    if node.kind is not Kind.IQ:
        planned = _tr("attached") if node.parent else _tr("none")
        sent, seen = record.written.get("link_state"), record.observed.get("link_state")
        rows.append(CompareRow(_tr("Link"), planned, _link(sent), _link(seen), False, _when(seen)))
    return rows


def _row(site: Site, key: str, name: str, planned: str, record: DeviceRecord) -> CompareRow:
    written, observed = record.written.get(key), record.observed.get(key)
    sent = _shown(site, key, written)
    return CompareRow(
        name,
        planned,
        sent,
        _shown(site, key, observed),
        written is not None and sent != planned,
        _when(observed),
    )


def _shown(site: Site, key: str, reading: Reading | None) -> str:
    if reading is None or reading.value in (None, ""):
        return NOTHING
    if key == "parent":
        value = str(reading.value)
        by_id = {n.device_id: n for n in site.nodes.values() if n.device_id}
        node = site.nodes.get(value) or by_id.get(value)
        return display_name(node) if node else value
    return _end(str(reading.value)) if key == "device_id" else str(reading.value)


def _end(device_id: str | None) -> str:
    """Return a long Device ID by its end: that is where devices of one site differ."""
    return device_id if not device_id or len(device_id) <= 8 else f"…{device_id[-6:]}"


def _link(reading: Reading | None) -> str:
    words = {
        "free": _tr("free"),
        "attached_pending": _tr("pending"),
        "attached": _tr("attached"),
        "detached_pending": _tr("leaving"),
        "detached": _tr("detached"),
    }
    return words.get(str(reading.value), str(reading.value)) if reading else NOTHING


def _when(reading: Reading | None) -> str:
    return _tr("Read back {at} UTC").format(at=reading.at[:16].replace("T", " ")) if reading else ""


class CompareTable(QWidget):
    """The table."""

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(6)
        self._grid.setVerticalSpacing(5)
        self._grid.setColumnMinimumWidth(0, 54)
        for column in (1, 2, 3):
            self._grid.setColumnStretch(column, 1)

    def show_rows(self, rows: list[CompareRow]) -> int:
        """Show lines; return how many planned values are not written yet."""
        while self._grid.count():
            widget = self._grid.takeAt(0).widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for column, head in enumerate((_tr("Planned"), _tr("Written"), _tr("Read back")), 1):
            self._grid.addWidget(Text(head, "small", "text2"), 0, column)
        for number, row in enumerate(rows):
            at = 1 + 2 * number
            self._grid.addWidget(line(), at, 0, 1, 4)
            self._grid.addWidget(Text(row.name, "small", "text2"), at + 1, 0)
            planned = ElidedText(
                row.planned, "small-strong" if row.differs else "small", "accent" if row.differs else "text"
            )
            self._grid.addWidget(planned, at + 1, 1)
            self._grid.addWidget(ElidedText(row.written, "small", "text2"), at + 1, 2)
            seen = ElidedText(
                row.observed, "small", "warn" if row.observed in (_tr("pending"), _tr("leaving")) else "text2"
            )
            seen.setToolTip(row.tip)
            self._grid.addWidget(seen, at + 1, 3)
        return sum(row.differs for row in rows)
