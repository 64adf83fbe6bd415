"""A firmware image for MCUboot, checked before anything is sent: header, tags, hash, version.

Layout after MCUboot's public design page, "Image format": a header of 32 bytes or more (little endian), the
program, an optional protected block of tags, a block of tags. The hash tag covers everything before the
unprotected block.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from larry.errors import InputError

MAGIC: Final = 0x96F3B83D
_TAGS_MAGIC: Final = 0x6907
_PROTECTED_MAGIC: Final = 0x6908
_HEADER: Final = struct.Struct("<IIHHIIBBHI4x")
_BLOCK: Final = struct.Struct("<HH")
_TAG: Final = struct.Struct("<HH")
_HASHES: Final = {0x10: "sha256", 0x11: "sha384", 0x12: "sha512"}
LARGEST_BYTES: Final = 64 * 1024 * 1024
"""No lock or hub has that much flash; a larger file is something else."""


@dataclass(frozen=True, slots=True, order=True)
class FirmwareVersion:
    """Compared part by part; the build number last."""

    major: int
    minor: int
    revision: int
    build: int = 0

    def __str__(self) -> str:
        text = f"{self.major}.{self.minor}.{self.revision}"
        return f"{text}.{self.build}" if self.build else text

    @classmethod
    def parse(cls, text: str) -> FirmwareVersion | None:
        """Read `1.2.3`, `1.2.3.4` or `1.2.3+4`; None for another form."""
        parts = text.strip().replace("+", ".").split(".")
        if len(parts) not in (3, 4) or not all(part.isascii() and part.isdecimal() for part in parts):
            return None
        return cls(*(int(part) for part in parts))


@dataclass(frozen=True, slots=True)
class FirmwareImage:
    """An image whose hash is right.

    Attributes:
        data: the whole file.
        version: from the header.
        image_hash: from the hash tag; devices name the image by it.
    """

    data: bytes
    version: FirmwareVersion
    image_hash: bytes

    @property
    def sha256(self) -> bytes:
        """Hash of the whole file: by it a device recognises an interrupted upload."""
        return hashlib.sha256(self.data).digest()

    def __repr__(self) -> str:
        return f"FirmwareImage({self.version}, {len(self.data)} bytes)"


def read_firmware_image(data: bytes, name: str = "The file") -> FirmwareImage:
    """Check a `.bin` image.

    Args:
        data: content of the file.
        name: how the file is named in errors.

    Raises:
        InputError: not an MCUboot image, cut off, or damaged; says which.
    """
    if len(data) > LARGEST_BYTES:
        raise _unusable(name, f"It has {len(data)} bytes, more than any device takes")
    if len(data) < _HEADER.size:
        raise _unusable(name, "It is too short for a firmware image")
    magic, _, header_size, protected_size, program_size, _, *version = _HEADER.unpack_from(data)
    if magic != MAGIC:
        raise _unusable(name, "It does not begin as an MCUboot image does")
    if header_size < _HEADER.size:
        raise _unusable(name, "Its header has an impossible length")
    end = header_size + program_size
    if protected_size:
        list(_tags(data, end, _PROTECTED_MAGIC, name, protected_size))
        end += protected_size
    return FirmwareImage(data, FirmwareVersion(*version), _checked_hash(data, end, name))


def _checked_hash(data: bytes, end: int, name: str) -> bytes:
    """Return the image's hash after comparing it with what it covers."""
    for kind, value in _tags(data, end, _TAGS_MAGIC, name):
        if kind in _HASHES:
            if hashlib.new(_HASHES[kind], data[:end]).digest() != value:
                raise _unusable(name, "Its hash does not fit its content: the file is damaged")
            return value
    raise _unusable(name, "It carries no hash")


def _tags(
    data: bytes, start: int, wanted_magic: int, name: str, wanted_size: int | None = None
) -> Iterator[tuple[int, bytes]]:
    """Yield the tags of one block: type and value."""
    if len(data) < start + _BLOCK.size:
        raise _unusable(name, "It is cut off")
    magic, size = _BLOCK.unpack_from(data, start)
    if magic != wanted_magic or size < _BLOCK.size or wanted_size not in (None, size):
        raise _unusable(name, "Its block of tags is damaged")
    end, at = start + size, start + _BLOCK.size
    if len(data) < end:
        raise _unusable(name, "It is cut off")
    while at < end:
        if end - at < _TAG.size:
            raise _unusable(name, "Its block of tags is damaged")
        kind, length = _TAG.unpack_from(data, at)
        at += _TAG.size
        if length > end - at:
            raise _unusable(name, "Its block of tags is damaged")
        yield kind, data[at : at + length]
        at += length


def _unusable(name: str, why: str) -> InputError:
    return InputError(
        f"{name} is no firmware image that can be sent.",
        why=f"{why}.",
        remedy="Take the signed .bin file for MCUboot (often …signed.bin), downloaded whole.",
    )
