"""Facts about the file itself, and the ids the cloud gave."""

from __future__ import annotations

from larry.storage.database import Database

PROJECT_ID = "project_id"
RELEASED_AT = "released_at"
MERGED_HEADS = "merged_heads"  # names of the rows a joined history ends with, and the number of the last


class MetaRows:
    """Single values by key; `set` belongs inside a transaction."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, key: str) -> str | None:
        """Return a value, or None."""
        row = self._database.row("SELECT value FROM meta WHERE key = ?", (key,))
        return row[0] if row else None

    def set(self, key: str, value: str) -> None:
        """Store a value."""
        self._database.write("INSERT OR REPLACE INTO meta (key, value) VALUES (?, ?)", (key, value))

    def cloud_id(self, owner: str) -> str | None:
        """Return the cloud's id of the site ("site") or of a device, or None."""
        row = self._database.row("SELECT id FROM cloud_id WHERE owner = ?", (owner,))
        return row[0] if row else None

    def set_cloud_id(self, owner: str, cloud_id: str | None) -> None:
        """Store the cloud's id, or (None) forget it, in a transaction of its own."""
        with self._database.transaction():
            if cloud_id is None:
                self._database.write("DELETE FROM cloud_id WHERE owner = ?", (owner,))
            else:
                self._database.write(
                    "INSERT OR REPLACE INTO cloud_id (owner, id) VALUES (?, ?)", (owner, cloud_id)
                )
