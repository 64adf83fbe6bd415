"""The tables of a project file, as text: this text is also what a file's schema is compared with at open."""

from __future__ import annotations

APPLICATION_ID = 0x4C415259  # "LARY"; file(1) shows it
SCHEMA_VERSION = 1
PROJECT_SUFFIX = ".larry"

# position: whole numbers with gaps; the one thing siblings are ordered by (domain.md 2, "Tree order is data")
TABLES: tuple[str, ...] = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE site (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    name TEXT NOT NULL, site_uid TEXT, country_code TEXT, time_zone TEXT, owner_email TEXT, address TEXT,
    profile TEXT NOT NULL, extra TEXT, file_extra TEXT) STRICT""",
    """CREATE TABLE floor (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL,
    name TEXT NOT NULL, level INTEGER NOT NULL, plan_image TEXT, px_per_m REAL, elevation_m REAL,
    walls TEXT, extra TEXT) STRICT, WITHOUT ROWID""",
    """CREATE TABLE node (
    id TEXT PRIMARY KEY, position INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('iq', 'repeater', 'lock')),
    model TEXT, name TEXT NOT NULL,
    parent TEXT REFERENCES node (id) DEFERRABLE INITIALLY DEFERRED,
    floor TEXT, x_m REAL, y_m REAL, z_m REAL, device_id TEXT, mac TEXT, time_zone TEXT,
    outdoor INTEGER NOT NULL, mandatory INTEGER NOT NULL,
    wifi_ssid TEXT, wifi_band_ghz REAL, controller TEXT, open_time_s INTEGER, offline_access_days INTEGER,
    supply_v REAL, extra TEXT) STRICT, WITHOUT ROWID""",
    "CREATE INDEX node_by_parent ON node (parent, position)",
    """CREATE TABLE link (
    number INTEGER PRIMARY KEY, a TEXT NOT NULL, b TEXT NOT NULL,
    rssi_ab_dbm REAL, rssi_ba_dbm REAL, count INTEGER, conditions TEXT, extra TEXT,
    UNIQUE (a, b)) STRICT""",
    # Written to or read from a device; no foreign key: a removed device may come back by undo.
    """CREATE TABLE record (
    node_id TEXT, state TEXT CHECK (state IN ('written', 'observed')), key TEXT,
    value TEXT NOT NULL, at TEXT NOT NULL,
    PRIMARY KEY (node_id, state, key)) STRICT, WITHOUT ROWID""",
    # Append-only. `of` is the edit an undo or redo concerns; `below` what lies under this entry on its stack
    # (edit: the edit to be undone next; undo: the undo to be redone next); `undo_top` and `redo_top` are the
    # tops of both stacks after this row. So undo is found without reading the history.
    # `places`: the positions it gave, by node and floor. `uid`: its name, see op_hash. `parents`: the names
    # of the rows directly before it, null when that is just the one with the number before.
    """CREATE TABLE op (
    number INTEGER PRIMARY KEY,
    at TEXT NOT NULL, who TEXT NOT NULL, source TEXT NOT NULL, label TEXT NOT NULL,
    what TEXT NOT NULL CHECK (what IN ('edit', 'undo', 'redo', 'note')),
    forward TEXT, inverse TEXT, touched TEXT NOT NULL,
    of INTEGER REFERENCES op (number), below INTEGER REFERENCES op (number),
    undo_top INTEGER REFERENCES op (number), redo_top INTEGER REFERENCES op (number),
    places TEXT, parents TEXT, uid BLOB NOT NULL) STRICT""",
    "CREATE INDEX op_of ON op (of) WHERE of IS NOT NULL",
    "CREATE TABLE job (id TEXT PRIMARY KEY, state TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE step (
    number INTEGER PRIMARY KEY, job TEXT NOT NULL REFERENCES job (id) ON DELETE CASCADE,
    key TEXT NOT NULL, state TEXT NOT NULL, UNIQUE (job, key)) STRICT""",
    # The data key, wrapped: by a key in the OS keyring, by one made from a passphrase, or both.
    """CREATE TABLE key_wrap (
    method TEXT PRIMARY KEY CHECK (method IN ('keyring', 'passphrase')),
    salt BLOB NOT NULL, memory_kib INTEGER NOT NULL, passes INTEGER NOT NULL, lanes INTEGER NOT NULL,
    wrapped BLOB NOT NULL) STRICT, WITHOUT ROWID""",
    """CREATE TABLE secret (
    owner TEXT, name TEXT, nonce BLOB NOT NULL, sealed BLOB NOT NULL,
    PRIMARY KEY (owner, name)) STRICT, WITHOUT ROWID""",
    # What two laptops decided differently and nobody has settled yet.
    "CREATE TABLE conflict (key TEXT PRIMARY KEY, data TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE cloud_id (owner TEXT PRIMARY KEY, id TEXT NOT NULL) STRICT, WITHOUT ROWID",
)
