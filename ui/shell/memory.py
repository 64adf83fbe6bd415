"""What the window remembers between starts: recent sites, layouts, the look. Never a secret."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import platformdirs
from PySide6.QtCore import QByteArray, QSettings

RECENT = 12


@dataclass(slots=True)
class RecentSite:
    """One line of the list of sites, as it was when the site was last open.

    `state` is planning, commissioning, handed-over or released.
    """

    path: str
    name: str
    at: str
    devices: int = 0
    online: int = 0
    errors: int = 0
    open_acts: int = 0
    state: str = "planning"
    practice: bool = False
    open_act_names: list[str] = field(default_factory=list)

    @property
    def exists(self) -> bool:
        """True when the file is still there."""
        return Path(self.path).exists()


class Memory:
    """Settings in one ini file of the user."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or Path(platformdirs.user_config_dir("larry"))
        self.folder.mkdir(parents=True, exist_ok=True)
        self._settings = QSettings(str(self.folder / "window.ini"), QSettings.Format.IniFormat)

    def sync(self) -> None:
        """Write to the disk now."""
        self._settings.sync()

    # --- plain values -------------------------------------------------------------------

    def text(self, key: str, default: str = "") -> str:
        """Return a text."""
        return str(self._settings.value(key, default))

    def set_text(self, key: str, value: str) -> None:
        """Remember a text."""
        self._settings.setValue(key, value)

    def flag(self, key: str, default: bool = False) -> bool:
        """Return a yes or no."""
        return self.text(key, "true" if default else "false") == "true"

    def set_flag(self, key: str, value: bool) -> None:
        """Remember a yes or no."""
        self.set_text(key, "true" if value else "false")

    # --- the window ---------------------------------------------------------------------

    def geometry(self) -> QByteArray | None:
        """Return the window's place and size."""
        value = self._settings.value("window/geometry")
        return value if isinstance(value, QByteArray) else None

    def set_geometry(self, geometry: QByteArray) -> None:
        """Remember the window's place and size."""
        self._settings.setValue("window/geometry", geometry)

    def layout(self, project_id: str, screen: str) -> dict[str, Any]:
        """Return what was remembered for a site on a screen size; {} when nothing or unreadable."""
        try:
            data = json.loads(self.text(f"layout/{project_id}/{screen}", "{}"))
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    def set_layout(self, project_id: str, screen: str, layout: dict[str, Any]) -> None:
        """Remember the layout of a site on a screen size."""
        self.set_text(f"layout/{project_id}/{screen}", json.dumps(layout))

    # --- sites ----------------------------------------------------------------------------

    def recent(self) -> list[RecentSite]:
        """Return the recent sites, newest first."""
        try:
            rows = json.loads(self.text("sites/recent", "[]"))
            return [RecentSite(**row) for row in rows]
        except (ValueError, TypeError):
            return []

    def remember_site(self, site: RecentSite) -> None:
        """Put a site on top of the list."""
        site.at = datetime.now(UTC).isoformat(timespec="seconds")
        rest = [row for row in self.recent() if Path(row.path) != Path(site.path)]
        self._store([site, *rest][:RECENT])

    def forget_site(self, path: str) -> None:
        """Take a site off the list; the file stays."""
        self._store([row for row in self.recent() if row.path != path])

    def _store(self, rows: list[RecentSite]) -> None:
        self.set_text("sites/recent", json.dumps([asdict(row) for row in rows]))
