"""The manifest of a pack: what it is, what made it, and the SHA-256 of every file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

FORMAT = "larry-pack"
VERSION = 1
MANIFEST = "manifest.json"
SUMS = "SHA256SUMS"
VERIFY_TEXT = "VERIFY.txt"
REPORT = "report.pdf"
SITE = "site.json"
DEVICES = "devices.csv"
CHECKLIST = "checklist.json"

WHAT_IT_IS = {
    VERIFY_TEXT: "how to check this pack without Larry",
    REPORT: "the report, PDF/A-2b",
    SITE: "the site in Larry's exchange format, without secrets",
    DEVICES: "one row for each device",
    CHECKLIST: "the checklist at the time of the handover",
}


def sha256_of(content: bytes) -> str:
    """Return the SHA-256 of bytes in hex."""
    return hashlib.sha256(content).hexdigest()


def file_entries(files: Mapping[str, bytes]) -> list[dict[str, Any]]:
    """Return the manifest's rows for these files, in their order."""
    return [
        {"name": name, "size": len(content), "sha256": sha256_of(content), "what": WHAT_IT_IS.get(name, "")}
        for name, content in files.items()
    ]


def sums_text(files: Mapping[str, bytes]) -> bytes:
    """Return the text of `SHA256SUMS` as `sha256sum -c` reads it: every file but itself."""
    rows = (f"{sha256_of(content)}  {name}\n" for name, content in files.items() if name != SUMS)
    return "".join(rows).encode("ascii")


def json_bytes(data: Any) -> bytes:
    """Return JSON as it stands in a pack: UTF-8, indented, keys in their order, a line feed at the end."""
    return (json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False) + "\n").encode()
