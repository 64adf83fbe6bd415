"""What was written to and read from the devices, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Literal

from larry.domain.records import DeviceRecord, Reading
from larry.errors import DamagedFileError
from larry.storage.database import Database
from larry.storage.row_codec import json_text

RecordState = Literal["written", "observed"]

_WRITE = (
    "INSERT INTO record (node_id, state, key, value, at) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT (node_id, state, key) DO UPDATE SET value = excluded.value, at = excluded.at"
)


class RecordRows:
    """Reads all device records and writes single readings."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def load(self) -> dict[str, DeviceRecord]:
        """Return the records by node id.

        Raises:
            DamagedFileError: a value is not JSON.
        """
        records: dict[str, DeviceRecord] = {}
        try:
            for node_id, state, key, value, at in self._database.rows(
                "SELECT node_id, state, key, value, at FROM record"
            ):
                readings: dict[str, Reading] = getattr(records.setdefault(node_id, DeviceRecord()), state)
                readings[key] = Reading(json.loads(value), at)
        except (ValueError, RecursionError) as error:
            raise DamagedFileError(
                f"{self._database.path.name} is damaged.",
                why="A reading of a device is not JSON.",
                remedy="Open the last copy or backup of it.",
            ) from error
        return records

    def write(self, node_id: str, state: RecordState, values: Mapping[str, Any], at: str) -> None:
        """Store readings of one device in one transaction."""
        with self._database.transaction():
            rows = [(node_id, state, key, json_text(value), at) for key, value in values.items()]
            self._database.write_many(_WRITE, rows)

    def forget(self, node_id: str, keys: Iterable[str]) -> None:
        """Forget readings of one device, written and observed."""
        with self._database.transaction():
            self._database.write_many(
                "DELETE FROM record WHERE node_id = ? AND key = ?", [(node_id, key) for key in keys]
            )
