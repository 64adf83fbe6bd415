"""Reading rows straight from the pages of a damaged SQLite file, without its index or tree of pages.

Every page that looks like a leaf is read cell by cell; a cell that does not make sense is skipped. Which
table a row belongs to is judged by its shape later. Format: sqlite.org/fileformat2.html.
"""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_TABLE_LEAF, _INDEX_LEAF, _INDEX_INNER = 13, 10, 2
_HEADER = {_TABLE_LEAF: 8, _INDEX_LEAF: 8, _INDEX_INNER: 12}
_FILE_HEADER = 100
_MAX_PAYLOAD = 64 * 1024 * 1024
_MAX_COLUMNS = 22  # of the widest table, node
_INT_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


class UnreadableCellError(ValueError):
    """A cell that makes no sense."""


@dataclass(frozen=True, slots=True)
class ScannedRow:
    """A row: its row id (None in a table without one) and its values."""

    row_id: int | None
    values: tuple[Any, ...]


class PageScan:
    """The pages of one file in memory."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.page_bytes = _page_bytes(data)

    def __len__(self) -> int:
        return -(-len(self._data) // self.page_bytes)

    def rows(self, fits: Callable[[ScannedRow], bool]) -> Iterator[ScannedRow]:
        """Yield every row that can be read and that fits a table; in no order, and a row may come twice."""
        for number in range(1, len(self) + 1):
            yield from self._rows_of_numbered_page(number, fits)

    def _rows_of_numbered_page(self, number: int, fits: Callable[[ScannedRow], bool]) -> Iterator[ScannedRow]:
        page = self._page(number)
        start = _FILE_HEADER if number == 1 else 0
        if len(page) <= start + 12:
            return
        if not any(page):
            return
        # Its own kind first; the others in case its first byte is what was damaged.
        for kind in sorted(_HEADER, key=lambda each: each != page[start]):
            rows, sound = self._rows_of_page(page, start, kind, fits)
            yield from rows
            if rows or sound:
                return

    def _rows_of_page(
        self, page: bytes, start: int, kind: int, fits: Callable[[ScannedRow], bool]
    ) -> tuple[list[ScannedRow], bool]:
        """Return the rows of a page read as one kind, and whether most of its pointers led to cells."""
        covered: list[tuple[int, int]] = []
        rows: list[ScannedRow] = []
        pointers = list(_pointers(page, start + _HEADER[kind]))
        for offset in pointers:
            found = self._try(page, offset, kind)
            if found:
                covered.append((offset, found[1]))
                rows += [found[0]] if fits(found[0]) else []
        if rows or page[start] == kind:
            rows += self._rows_between(page, kind, covered, start + _HEADER[kind], fits)
        return rows, bool(covered) and 2 * len(covered) >= len(pointers)

    def _rows_between(
        self,
        page: bytes,
        kind: int,
        covered: list[tuple[int, int]],
        first: int,
        fits: Callable[[ScannedRow], bool],
    ) -> Iterator[ScannedRow]:
        """Yield rows that no pointer leads to any more: the pointer is damaged, not the row."""
        at = first
        for start, end in [*sorted(covered), (len(page), len(page))]:
            while at < start:
                found = self._try(page, at, kind) if page[at] or kind == _INDEX_INNER else None
                if found and fits(found[0]):
                    yield found[0]
                    at = found[1]
                else:
                    at += 1
            at = max(at, end)

    def _try(self, page: bytes, at: int, kind: int) -> tuple[ScannedRow, int] | None:
        try:
            return self._cell(page, at, kind)
        except (UnreadableCellError, struct.error, IndexError, UnicodeDecodeError, OverflowError):
            return None

    def _page(self, number: int) -> bytes:
        return self._data[(number - 1) * self.page_bytes : number * self.page_bytes]

    def _cell(self, page: bytes, at: int, kind: int) -> tuple[ScannedRow, int]:
        if kind == _INDEX_INNER:
            at += 4  # the page below; rows of a table without row ids stand in its inner pages, too
        size, at = _varint(page, at)
        row_id = None
        if kind == _TABLE_LEAF:
            row_id, at = _varint(page, at)
            row_id = row_id - (1 << 64) if row_id >= 1 << 63 else row_id
        if size < 3 or size > min(_MAX_PAYLOAD, len(self._data)):
            raise UnreadableCellError
        payload, end = self._payload(page, at, size, kind)
        return ScannedRow(row_id, _record(payload)), end

    def _payload(self, page: bytes, at: int, size: int, kind: int) -> tuple[bytes, int]:
        usable = self.page_bytes
        most = usable - 35 if kind == _TABLE_LEAF else (usable - 12) * 64 // 255 - 23
        if size <= most:
            return _exactly(page[at : at + size], size), at + size
        least = (usable - 12) * 32 // 255 - 23
        here = least + (size - least) % (usable - 4)
        here = here if here <= most else least
        parts = [_exactly(page[at : at + here], here)]
        left, following = size - here, struct.unpack_from(">I", page, at + here)[0]
        seen = set()
        while left > 0:
            if following in seen or not 0 < following <= len(self):
                raise UnreadableCellError
            seen.add(following)
            overflow = self._page(following)
            part = overflow[4 : 4 + min(left, usable - 4)]
            following = struct.unpack_from(">I", overflow, 0)[0]
            parts.append(_exactly(part, min(left, usable - 4)))
            left -= len(part)
        return b"".join(parts), at + here + 4


def _pointers(page: bytes, first: int) -> Iterator[int]:
    """Yield the pointers to cells; the count in the page's header may be damaged and is not needed."""
    for at in range(first, len(page) - 1, 2):
        offset = page[at] << 8 | page[at + 1]
        if offset == 0:
            return  # the unused space between pointers and cells
        if first < offset < len(page):
            yield offset


def _page_bytes(data: bytes) -> int:
    told = struct.unpack_from(">H", data, 16)[0] if len(data) >= _FILE_HEADER else 0
    told = 65536 if told == 1 else told
    return told if 512 <= told <= 65536 and told & (told - 1) == 0 else 4096


def _exactly(part: bytes, size: int) -> bytes:
    if len(part) != size:
        raise UnreadableCellError
    return part


def _varint(data: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(8):
        byte = data[at + place]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    return value << 8 | data[at + 8], at + 9


def _record(payload: bytes) -> tuple[Any, ...]:
    header, at = _varint(payload, 0)
    if not 2 < header <= 9 * _MAX_COLUMNS + 1:
        raise UnreadableCellError
    kinds = []
    while at < header:
        kind, at = _varint(payload, at)
        kinds.append(kind)
        if len(kinds) > _MAX_COLUMNS:
            raise UnreadableCellError
    if at != header:
        raise UnreadableCellError
    values = []
    for kind in kinds:
        value, at = _value(payload, at, kind)
        values.append(value)
    if at != len(payload):
        raise UnreadableCellError
    return tuple(values)


def _value(payload: bytes, at: int, kind: int) -> tuple[Any, int]:
    if kind in {0, 8, 9}:
        return {0: None, 8: 0, 9: 1}[kind], at
    if kind in _INT_BYTES:
        size = _INT_BYTES[kind]
        return int.from_bytes(_exactly(payload[at : at + size], size), "big", signed=True), at + size
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind in {10, 11}:
        raise UnreadableCellError
    size = (kind - 12) // 2
    data = _exactly(payload[at : at + size], size)
    return (data if kind % 2 == 0 else data.decode()), at + size
