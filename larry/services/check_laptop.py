"""What this computer can do for Larry and what it lacks. Looks only; nothing is changed or sent."""

from __future__ import annotations

import os
import platform
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib import metadata, util
from pathlib import Path
from typing import Any, Literal

from larry import __version__
from larry.resource_paths import resource_path

_FREE_BYTES_WANTED = 200 * 1024 * 1024
_LIBRARIES = ("bleak", "bumble", "httpx", "pyserial", "smpclient", "typst", "cryptography", "sqlite-utils")

State = Literal["ok", "warning", "missing"]


@dataclass(frozen=True, slots=True)
class LaptopCheck:
    """One line: what, how it is, what to do about it."""

    what: str
    state: State
    detail: str
    remedy: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the line as JSON values."""
        return {"what": self.what, "state": self.state, "detail": self.detail, "remedy": self.remedy or None}


def check_laptop() -> list[LaptopCheck]:
    """Return all lines; a check that breaks is a line too."""
    checks: list[tuple[str, Callable[[], LaptopCheck]]] = [
        ("Larry", _larry),
        ("Python", _python),
        ("Bluetooth", _bluetooth),
        ("Serial ports", _serial_ports),
        ("Keyring", _keyring),
        ("Display", _display),
        ("Window", _window),
        ("Report", _report),
        ("Disk", _disk),
        ("Libraries", _libraries),
    ]
    return [_safely(what, check) for what, check in checks]


def _safely(what: str, check: Callable[[], LaptopCheck]) -> LaptopCheck:
    try:
        return check()
    except Exception as error:  # whatever one check meets, the others still count
        return LaptopCheck(what, "warning", f"Could not be checked ({type(error).__name__}).")


def _larry() -> LaptopCheck:
    return LaptopCheck("Larry", "ok", f"{__version__} on {platform.platform(terse=True)}.")


def _python() -> LaptopCheck:
    version = platform.python_version()
    if (3, 11) <= sys.version_info[:2] < (3, 14):
        return LaptopCheck("Python", "ok", f"{version}.")
    return LaptopCheck("Python", "missing", f"{version} is not supported.", "Use Python 3.11 to 3.13.")


def _bluetooth() -> LaptopCheck:
    if sys.platform != "linux":
        return LaptopCheck("Bluetooth", "ok", "Uses the system's Bluetooth; `larry scan` tells more.")
    adapters = sorted(each.name for each in Path("/sys/class/bluetooth").glob("hci*") if ":" not in each.name)
    if not adapters:
        return LaptopCheck(
            "Bluetooth", "missing", "No adapter.", "Plug one in, or use the cable or the practice site."
        )
    names = ", ".join(adapters)
    if _blocked():
        return LaptopCheck("Bluetooth", "missing", f"{names} is switched off.", "Switch Bluetooth on.")
    if not any(Path(place).exists() for place in ("/run/dbus/system_bus_socket", "/var/run/dbus")):
        return LaptopCheck("Bluetooth", "missing", f"{names}, but no D-Bus.", "Start dbus and bluetoothd.")
    return LaptopCheck("Bluetooth", "ok", f"{names}; `larry scan` tells whether it listens.")


def _blocked() -> bool:
    for switch in Path("/sys/class/rfkill").glob("rfkill*"):
        try:
            if (switch / "type").read_text().strip() != "bluetooth":
                continue
            if "1" in {(switch / "soft").read_text().strip(), (switch / "hard").read_text().strip()}:
                return True
        except OSError:
            continue
    return False


def _serial_ports() -> LaptopCheck:
    from larry.devices.serial_ports import SystemPorts

    paths = [port.path for port in SystemPorts().ports()]
    if not paths:
        return LaptopCheck("Serial ports", "warning", "None plugged in.", "Needed only for work by cable.")
    closed = [path for path in paths if Path(path).exists() and not os.access(path, os.R_OK | os.W_OK)]
    if closed:
        remedy = "Add your user to the group dialout and sign in again."
        return LaptopCheck("Serial ports", "missing", f"No permission for {', '.join(closed)}.", remedy)
    return LaptopCheck("Serial ports", "ok", ", ".join(paths) + ".")


def _keyring() -> LaptopCheck:
    from larry.storage.os_key_store import os_key_store

    if os_key_store() is None:
        return LaptopCheck(
            "Keyring", "warning", "None.", "Larry asks for a passphrase where secrets are kept."
        )
    return LaptopCheck("Keyring", "ok", "The system's keyring keeps the keys of your projects.")


def _display() -> LaptopCheck:
    if sys.platform != "linux":
        return LaptopCheck("Display", "ok", "The system's own.")
    found = next((name for name in ("WAYLAND_DISPLAY", "DISPLAY") if os.environ.get(name)), None)
    if found:
        return LaptopCheck("Display", "ok", f"{found} is set.")
    return LaptopCheck("Display", "warning", "None.", "The commands work without; the window needs one.")


def _window() -> LaptopCheck:
    missing = [name for name in ("PySide6", "qasync") if util.find_spec(name) is None]
    if missing:
        return LaptopCheck(
            "Window", "missing", f"{', '.join(missing)} not installed.", "Run packaging/start."
        )
    return LaptopCheck("Window", "ok", f"PySide6 {metadata.version('PySide6-Essentials')}.")


def _report() -> LaptopCheck:
    fonts = sorted(resource_path("fonts").glob("*.otf"))
    if util.find_spec("typst") is None or not fonts:
        return LaptopCheck("Report", "missing", "typst or its fonts are missing.", "Run packaging/start.")
    return LaptopCheck("Report", "ok", f"typst {metadata.version('typst')}, {len(fonts)} bundled fonts.")


def _disk() -> LaptopCheck:
    free = shutil.disk_usage(Path.cwd()).free
    detail = f"{free / 1e9:.1f} GB free in this folder."
    if free < _FREE_BYTES_WANTED:
        return LaptopCheck("Disk", "warning", detail, "Free some; a project with its packs needs 200 MB.")
    return LaptopCheck("Disk", "ok", detail)


def _libraries() -> LaptopCheck:
    found, missing = [], []
    for name in _LIBRARIES:
        try:
            found.append(f"{name} {metadata.version(name)}")
        except metadata.PackageNotFoundError:
            missing.append(name)
    if missing:
        return LaptopCheck("Libraries", "missing", f"Missing: {', '.join(missing)}.", "Run packaging/start.")
    return LaptopCheck("Libraries", "ok", ", ".join(found) + ".")
