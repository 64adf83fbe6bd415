"""Where the files of `resources/` are: in the source tree, or inside the frozen program."""

from __future__ import annotations

import sys
from pathlib import Path


def resource_path(name: str) -> Path:
    """Return the path of a file or folder in `resources/`, such as `"led.toml"`.

    The one place that knows where resources are. A frozen program unpacks them beside its code and
    says where in `sys._MEIPASS` (PyInstaller's documented name); otherwise they stand beside the
    package `larry`.

    Args:
        name: relative, with forward slashes.

    Raises:
        FileNotFoundError: there is no such resource: the installation is incomplete.
        ValueError: the name is absolute or leaves the folder.
    """
    frozen: str | None = getattr(sys, "_MEIPASS", None)
    root = (Path(frozen) if frozen else Path(__file__).resolve().parent.parent) / "resources"
    path = root.joinpath(name)
    if Path(name).is_absolute() or ".." in Path(name).parts:
        raise ValueError(f"not the name of a resource: {name!r}")
    if not path.exists():
        raise FileNotFoundError(f"Larry's installation is incomplete: resources/{name} is missing")
    return path
