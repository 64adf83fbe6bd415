"""Door lists as CSV: any usual separator, encoding and column names; export safe for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import InputError
from larry.storage.bounded_read import read_bounded
from larry.storage.door_columns import column_field, kind_of_word, lock_model_of
from larry.storage.whole_write import write_whole

_SEPARATORS = (";", ",", "\t", "|")
_HEADER_WITHIN = 15  # rows above the header: a title, a date, an address
_MAX_BYTES = 32 * 1024 * 1024
_MAX_ROWS = 200_000
_NUMBERS = ("x_m", "y_m", "z_m")
_COLUMNS = ("name", "kind", "model", "parent", "floor", "x_m", "y_m", "z_m", "device_id", "time_zone")
_FORMULA = tuple("=+-@\t\r'")  # what a spreadsheet would run, and our own mark


@dataclass(frozen=True, slots=True)
class DoorRow:
    """One line of a door list; None: the list does not say."""

    line: int
    name: str
    kind: Kind = Kind.LOCK
    model: str | None = None
    parent: str | None = None
    floor: str | None = None
    x_m: float | None = None
    y_m: float | None = None
    z_m: float | None = None
    device_id: str | None = None
    time_zone: str | None = None


@dataclass(frozen=True, slots=True)
class DoorList:
    """The lines of a door list and what could not be carried (sentences)."""

    rows: list[DoorRow]
    not_carried: list[str] = field(default_factory=list)


def read_door_list(path: Path) -> DoorList:
    """Read a door list.

    Raises:
        FileUnreachableError: missing or not readable.
        InputError: no text, or no column that names the doors.
    """
    text = _decode(read_bounded(path, _MAX_BYTES), path.name)
    lines, place, fields = _table(text, path.name)
    header = lines[place]
    not_carried = [
        f"Column “{title.strip()[:40]}” is not known."
        for title, known in zip(header, fields, strict=True)
        if known is None and title.strip()
    ]
    doors = DoorList([], not_carried)
    for number, cells in enumerate(lines[place + 1 :], start=place + 2):
        if any(cell.strip() for cell in cells):
            _read_row(doors, number, fields, cells)
    return doors


def write_door_list(site: Site, path: Path) -> list[str]:
    """Write all devices in tree order, comma-separated UTF-8; return what could not be carried.

    Raises:
        FileUnreachableError: the folder is missing, full or read-only.
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(_COLUMNS)
    for node in site.walk():
        parent = site.nodes[node.parent].name or node.parent if node.parent else ""
        floor = site.floors[node.floor].name or node.floor if node.floor in site.floors else node.floor
        cells = {**{name: getattr(node, name) for name in _COLUMNS}, "parent": parent, "floor": floor}
        writer.writerow([_safe(name, cells[name]) for name in _COLUMNS])
    write_whole(path, buffer.getvalue().encode("utf-8-sig"))
    return _left_out(site)


def _left_out(site: Site) -> list[str]:
    walls = sum(len(floor.walls) for floor in site.floors.values())
    unknown = sum(bool(node.extra) for node in site.nodes.values()) + bool(site.extra) + bool(site.info.extra)
    counts = (
        (len(site.links), "measured links"),
        (walls, "walls"),
        (sum(floor.plan_image is not None for floor in site.floors.values()), "plan images"),
        (unknown, "entries with keys of other programs"),
        (sum(bool(node.wifi_ssid) for node in site.nodes.values()), "Wi-Fi settings"),
        (sum(bool(node.controller) for node in site.nodes.values()), "controllers of wall readers"),
    )
    lost = [f"{count} {what} do not fit into a door list." for count, what in counts if count]
    return ["The site's own data (owner, address, time zone) is not in a door list.", *lost]


def _safe(name: str, value: object) -> str:
    if value is None:
        return ""
    text = str(value)
    if name not in _NUMBERS and _runs(text):
        return f"'{text}"
    return text


def _runs(text: str) -> bool:
    return text.lstrip(" ").startswith(_FORMULA)


# --- reading --------------------------------------------------------------------------


def _decode(data: bytes, name: str) -> str:
    marked = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if marked else ["utf-8-sig", "cp1252"]:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise InputError(
        f"{name} is not a text file.",
        why="Its bytes are of no known encoding.",
        remedy="Save it as CSV (UTF-8).",
    )


def _table(text: str, name: str) -> tuple[list[list[str]], int, list[str | None]]:
    """Return the lines, the place of the header and the columns' fields, by the separator that fits best."""
    best: tuple[int, list[list[str]], int, list[str | None]] | None = None
    for separator in _SEPARATORS:
        lines = _lines(text, separator, name)
        for place, cells in enumerate(lines[:_HEADER_WITHIN]):
            fields = _fields(cells)
            count = sum(each is not None for each in fields)
            if "name" in fields and (best is None or count > best[0]):
                best = (count, lines, place, fields)
    if best is None:
        raise InputError(
            f"{name} has no column that names the doors.",
            why="None of its first lines holds a title such as name, door, room, Tür, Raum, puerta or porte.",
            remedy="Give the column with the doors the title “name”.",
        )
    return best[1], best[2], best[3]


def _lines(text: str, separator: str, name: str) -> list[list[str]]:
    lines: list[list[str]] = []
    try:
        for cells in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            lines.append(cells)
            if len(lines) > _MAX_ROWS:
                raise InputError(f"{name} has more than {_MAX_ROWS} lines.", remedy="Split it.")
    except csv.Error as error:
        raise InputError(
            f"{name} cannot be read as a door list.",
            why=f"Line {len(lines) + 1}: {error}.",
            remedy="Save it as CSV anew.",
        ) from error
    return lines


def _fields(cells: Iterable[str]) -> list[str | None]:
    """Return the field of each column; of two columns for one field the first counts."""
    fields: list[str | None] = []
    for title in cells:
        known = column_field(title)
        fields.append(known if known not in fields else None)
    return fields


def _read_row(doors: DoorList, line: int, fields: list[str | None], cells: list[str]) -> None:
    given = {
        name: _cell(cell)
        for name, cell in zip(fields, cells, strict=False)
        if name is not None and cell.strip()
    }
    name = given.pop("name", "")
    if not name:
        doors.not_carried.append(f"Line {line} names no door.")
        return
    values: dict[str, str | float | Kind] = {}
    for key, text in given.items():
        value = _value(key, text)
        if value is None:
            doors.not_carried.append(f"Line {line} ({name[:40]}): “{text[:40]}” is no {_WHAT[key]}.")
        else:
            values[key] = value
    _sort_out_model(values)
    doors.rows.append(DoorRow(line, name, **values))  # type: ignore[arg-type]


def _sort_out_model(values: dict[str, str | float | Kind]) -> None:
    """Tell the two things apart that offices call "type": the kind of hardware and the model."""
    given = str(values.get("model", ""))
    kind, model = kind_of_word(given), lock_model_of(given)
    if kind is not None:
        values.setdefault("kind", kind)
        del values["model"]
    if model is not None:
        values["model"] = model


_WHAT = {"kind": "kind of hardware", "x_m": "number", "y_m": "number", "z_m": "number"}


def _value(key: str, text: str) -> str | float | Kind | None:
    if key == "kind":
        return kind_of_word(text)
    if key not in _NUMBERS:
        return text
    try:
        number = float(text.replace(",", ".").removesuffix("m").strip())
    except ValueError:
        return None
    return number if abs(number) < 1e6 else None


def _cell(text: str) -> str:
    text = text.strip()
    return text[1:] if text.startswith("'") and _runs(text[1:]) else text
