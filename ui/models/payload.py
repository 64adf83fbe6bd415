"""What travels with a drag or a paste: ids as JSON, nothing else."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from PySide6.QtCore import QMimeData

from larry.services.place_node import FoundHardware

NODES_TYPE = "application/x-larry-nodes"
FOUND_TYPE = "application/x-larry-found"


@dataclass(frozen=True, slots=True)
class Payload:
    """Either the id of a planned device or a found device."""

    node_id: str | None = None
    found: FoundHardware | None = None


def nodes_mime(node_ids: list[str]) -> QMimeData:
    """Wrap planned devices."""
    mime = QMimeData()
    mime.setData(NODES_TYPE, json.dumps(node_ids).encode())
    return mime


def found_mime(found: FoundHardware) -> QMimeData:
    """Wrap a found device."""
    mime = QMimeData()
    mime.setData(FOUND_TYPE, json.dumps(asdict(found)).encode())
    return mime


def payload_of(mime: QMimeData) -> Payload | None:
    """Unwrap; None when it is not ours or cannot be read."""
    try:
        if mime.hasFormat(NODES_TYPE):
            node_ids = json.loads(bytes(mime.data(NODES_TYPE).data()))
            return Payload(node_id=str(node_ids[0]))
        if mime.hasFormat(FOUND_TYPE):
            return Payload(found=FoundHardware(**json.loads(bytes(mime.data(FOUND_TYPE).data()))))
    except (ValueError, TypeError, IndexError, KeyError):
        return None
    return None
