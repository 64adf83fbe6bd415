"""Reading a pack's zip with distrust: nothing goes to disk, limits are checked before bytes are read."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field

from larry.handover.stored_zip import LOCAL_HEADER, LOCAL_SIGNATURE

MAX_FILES = 1000
_SAFE_NAME = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*")


@dataclass(slots=True)
class ZipContents:
    """The files that could be read, in the zip's order, and what is wrong with the zip."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[tuple[str, str]] = field(default_factory=list)
    """Pairs of a name ("" for the zip itself) and a sentence."""


def read_zip(data: bytes) -> ZipContents:
    """Return the stored files of a zip; what cannot or must not be read becomes a problem, never an error."""
    contents = ZipContents()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError, OverflowError) as error:
        contents.problems.append(("", f"The zip's list of contents is damaged ({_words(error)})."))
        _read_in_sequence(data, contents)
        return contents
    if len(infos) > MAX_FILES:
        contents.problems.append(("", f"The zip lists {len(infos)} files; a pack has a handful."))
        infos = infos[:MAX_FILES]
    if sum(info.file_size for info in infos) > len(data):
        contents.problems.append(
            ("", "The zip claims to hold more bytes than it has; its files were not read.")
        )
        return contents
    for info in infos:
        _read_entry(data, info, contents)
    return contents


def _words(error: Exception) -> str:
    return str(error).rstrip(".") or type(error).__name__


def _read_entry(data: bytes, info: zipfile.ZipInfo, contents: ZipContents) -> None:
    name = info.filename
    problem = _refusal(info)
    if name in contents.files:
        problem = "is in the zip twice; only the first was read."
    if problem:
        contents.problems.append((_shown(name), problem))
        return
    found = _local_content(data, info.header_offset, info.file_size)
    if found is None:
        contents.problems.append((name, "The zip header of this file is damaged; it could not be read."))
        return
    contents.files[name] = found


def _refusal(info: zipfile.ZipInfo) -> str:
    if not _SAFE_NAME.fullmatch(info.filename) or ".." in info.filename.split("/"):
        return "has a name that leads out of the pack or is not plain; it was not read."
    if info.flag_bits & 0x1:
        return "is encrypted; nothing in a pack is. It was not read."
    if info.compress_type != zipfile.ZIP_STORED or info.compress_size != info.file_size:
        return "is compressed; nothing in a pack is. It was not read."
    return ""


def _shown(name: str) -> str:
    return name.encode("unicode_escape").decode("ascii")[:80]


def _local_content(data: bytes, offset: int, size: int) -> bytes | None:
    if offset < 0 or offset + LOCAL_HEADER.size > len(data):
        return None
    fields = LOCAL_HEADER.unpack_from(data, offset)
    start = offset + LOCAL_HEADER.size + fields[9] + fields[10]
    if fields[0] != LOCAL_SIGNATURE or start + size > len(data):
        return None
    return data[start : start + size]


def _read_in_sequence(data: bytes, contents: ZipContents) -> None:
    """Read what stands one after the other from the start, for a zip whose own list is broken."""
    offset = 0
    while offset + LOCAL_HEADER.size <= len(data) and len(contents.files) < MAX_FILES:
        fields = LOCAL_HEADER.unpack_from(data, offset)
        size, name_length, extra_length = fields[8], fields[9], fields[10]
        start = offset + LOCAL_HEADER.size + name_length + extra_length
        if fields[0] != LOCAL_SIGNATURE or fields[3] != 0 or start + size > len(data):
            return
        name = data[offset + LOCAL_HEADER.size :][:name_length].decode("ascii", "replace")
        if not _SAFE_NAME.fullmatch(name) or name in contents.files:
            return
        contents.files[name] = data[start : start + size]
        offset = start + size
