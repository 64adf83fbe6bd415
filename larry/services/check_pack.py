"""Checking a close-out pack, as `larry verify` does."""

from __future__ import annotations

from pathlib import Path

from larry.handover.verification import Verification
from larry.handover.verify_pack import verify_pack


def check_pack(path: Path) -> Verification:
    """Check a pack file; it takes as long as reading it, so not in the window's thread.

    Raises:
        FileUnreachableError: the file cannot be read.
        InputError: it is no pack at all, or one of a newer format.
    """
    return verify_pack(path)
