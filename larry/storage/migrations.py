"""How a file gets its tables. A migration never uses today's classes, only SQL."""

from __future__ import annotations

import sqlite3

import sqlite_utils
from sqlite_utils import Migrations

from larry.storage.schema import APPLICATION_ID, SCHEMA_VERSION, TABLES

_migrations = Migrations("larry")


@_migrations(name="1")
def _first(db: sqlite_utils.Database) -> None:
    for sql in TABLES:
        db.conn.execute(sql)


def migrate(connection: sqlite3.Connection) -> None:
    """Bring an empty or older file to today's schema; each migration is a transaction of its own."""
    _migrations.apply(sqlite_utils.Database(connection, execute_plugins=False, recursive_triggers=False))
    connection.execute(f"PRAGMA application_id={APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")
