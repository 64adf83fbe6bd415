"""MCUboot images made for tests: right in every byte, unless told otherwise."""

from __future__ import annotations

import hashlib
import random
import struct


def mcuboot_image(
    version: tuple[int, int, int, int] = (3, 5, 0, 0),
    size: int = 20_000,
    *,
    seed: int = 1,
    protected: bool = False,
    header_size: int = 32,
) -> bytes:
    """Return an image of a random program."""
    program = random.Random(seed).randbytes(size)
    block = b""
    if protected:
        tag = struct.pack("<HH", 0x50, 4) + b"\x01\x02\x03\x04"
        block = struct.pack("<HH", 0x6908, 4 + len(tag)) + tag
    header = struct.pack("<IIHHIIBBHI4x", 0x96F3B83D, 0, header_size, len(block), size, 0, *version)
    covered = header.ljust(header_size, b"\xff") + program + block
    tag = struct.pack("<HH", 0x10, 32) + hashlib.sha256(covered).digest()
    return covered + struct.pack("<HH", 0x6907, 4 + len(tag)) + tag
