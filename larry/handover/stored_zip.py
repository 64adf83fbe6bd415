"""A zip with exactly one way to write it: entries stored, in the given order, no times, no extras.

The same contents always give the same bytes, on every system and with every version of zlib (nothing is
compressed), so a pack can be checked byte by byte by writing it again. Layout: PKWARE's APPNOTE 6.3, 4.3.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from dataclasses import dataclass

LOCAL_SIGNATURE = b"PK\x03\x04"
LOCAL_HEADER = struct.Struct("<4s5H3I2H")
_CENTRAL_HEADER = struct.Struct("<4s6H3I5H2I")
_END_RECORD = struct.Struct("<4s4H2IH")
_NEEDED = 20  # version 2.0: plain files
_MADE_BY = (3 << 8) | 20  # Unix, so that the file mode below counts
_DATE = 0x21  # 1 January 1980, the zero of zip dates
_MODE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of the zip's bytes and what stands there."""

    start: int
    what: str


def write_stored_zip(files: Mapping[str, bytes]) -> bytes:
    """Return the one zip that holds these files in this order."""
    return _write(files)[0]


def regions_of(files: Mapping[str, bytes]) -> list[Region]:
    """Return where in that zip what stands, by start."""
    return _write(files)[1]


def _write(files: Mapping[str, bytes]) -> tuple[bytes, list[Region]]:
    out = bytearray()
    regions: list[Region] = []
    directory = bytearray()
    for name, content in files.items():
        encoded = name.encode("ascii")
        fixed = (_NEEDED, 0, 0, 0, _DATE, zlib.crc32(content), len(content), len(content), len(encoded), 0)
        directory += _CENTRAL_HEADER.pack(b"PK\x01\x02", _MADE_BY, *fixed, 0, 0, 0, _MODE, len(out))
        directory += encoded
        regions.append(Region(len(out), f"the zip header of {name}"))
        out += LOCAL_HEADER.pack(LOCAL_SIGNATURE, *fixed) + encoded
        regions.append(Region(len(out), f"the contents of {name}"))
        out += content
    start = len(out)
    regions.append(Region(start, "the zip's list of contents"))
    out += directory
    regions.append(Region(len(out), "the zip's end record"))
    out += _END_RECORD.pack(b"PK\x05\x06", 0, 0, len(files), len(files), len(directory), start, 0)
    return bytes(out), regions
