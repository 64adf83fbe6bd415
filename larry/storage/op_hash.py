"""The hash that names a row of the log: over its content and the names of the rows before it.

A row that was changed, left out or put in later no longer fits its name or those after it. Copies of a
project share these names up to the moment they parted: that is how two laptops find their common origin.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from larry.storage.row_codec import json_text

UID_BYTES = 32
# What is hashed, in this order; numbers and undo stacks are bookkeeping of one file and are not.
CONTENT = ("at", "who", "source", "label", "what", "forward", "inverse", "touched", "places")


def origin_uid(project_id: str) -> bytes:
    """Return the name of what comes before the first row of a project."""
    return hashlib.sha256(f"larry project {project_id}".encode()).digest()


def op_uid(parents: Sequence[bytes], content: Sequence[str | None], of: bytes | None) -> bytes:
    """Return the name of a row.

    Args:
        parents: the rows directly before it; several after two histories were joined.
        content: the columns of `CONTENT`.
        of: the row an undo or redo concerns.
    """
    names = sorted(parent.hex() for parent in parents)
    return hashlib.sha256(json_text([names, list(content), of.hex() if of else None]).encode()).digest()
