"""Door lists as offices write them."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from site_strategies import random_site

from larry.domain.hardware import Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import FileUnreachableError, InputError
from larry.storage.door_columns import column_field, kind_of_word, level_of, lock_model_of
from larry.storage.door_list_csv import DoorRow, read_door_list, write_door_list


def write(folder: Path, data: str | bytes, encoding: str = "utf-8") -> Path:
    path = folder / "doors.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode(encoding))
    return path


@pytest.mark.parametrize("separator", [";", ",", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_every_separator_and_encoding(tmp_path: Path, separator: str, encoding: str) -> None:
    lines = [["Raum", "Etage", "Schlosstyp"], ["Büro Größe 1", "1. OG", "Zylinder"], ["", "", ""]]
    text = "\r\n".join(separator.join(cells) for cells in lines)
    doors = read_door_list(write(tmp_path, text, encoding))
    assert doors.rows == [DoorRow(2, "Büro Größe 1", Kind.LOCK, model="cylinder", floor="1. OG")]
    assert doors.not_carried == []


@pytest.mark.parametrize(
    ("title", "field"),
    [
        ("Door", "name"), ("ROOM NO.", "name"), ("Tür", "name"), ("Türnummer", "name"), ("puerta", "name"),
        ("Habitación", "name"), ("Porte", "name"), ("deur", "name"), ("Étage", "floor"), ("Geschoß", "floor"),
        ("Geschoss", "floor"), ("planta", "floor"), ("verdieping", "floor"), ("Seriennummer", "device_id"),
        ("Device-ID", "device_id"), ("numéro de série", "device_id"), ("X (m)", "x_m"), ("x_m", "x_m"),
        ("Modèle", "model"), ("Preis", None), ("", None),
    ],
)  # fmt: skip
def test_column_names_of_five_languages(title: str, field: str | None) -> None:
    assert column_field(title) == field


def test_title_lines_above_the_header_and_unknown_columns(tmp_path: Path) -> None:
    text = "Hotel Adler;;;\nStand 3.11.2026;;;\n\nTür;Preis;X (m);Y (m)\nZimmer 101;99,00;3,5;-2 m\n"
    doors = read_door_list(write(tmp_path, text))
    assert doors.rows == [DoorRow(5, "Zimmer 101", x_m=3.5, y_m=-2.0)]
    assert doors.not_carried == ["Column “Preis” is not known."]


def test_what_a_line_does_not_give_is_listed_with_its_line(tmp_path: Path) -> None:
    text = "name,kind,x\nA,lift,3\n,lock,1\nB,lock,far\nC,lock,1e99\nD,lock,nan\n"
    doors = read_door_list(write(tmp_path, text))
    assert [row.name for row in doors.rows] == ["A", "B", "C", "D"]
    assert doors.not_carried == [
        "Line 2 (A): “lift” is no kind of hardware.",
        "Line 3 names no door.",
        "Line 4 (B): “far” is no number.",
        "Line 5 (C): “1e99” is no number.",
        "Line 6 (D): “nan” is no number.",
    ]


def test_type_may_mean_the_kind_or_the_form_of_the_lock(tmp_path: Path) -> None:
    text = "room,type\nA,Repeater\nB,Wandleser\nC,escutcheon\nD,XS4 One\n"
    rows = read_door_list(write(tmp_path, text)).rows
    assert [(row.kind, row.model) for row in rows] == [
        (Kind.REPEATER, None),
        (Kind.LOCK, "wall-reader"),
        (Kind.LOCK, "escutcheon"),
        (Kind.LOCK, "XS4 One"),
    ]
    assert kind_of_word("Verstärker") is Kind.REPEATER
    assert lock_model_of("Knaufzylinder") == "cylinder"


@pytest.mark.parametrize(
    ("name", "level"),
    [
        ("EG", 0), ("Ground floor", 0), ("rez-de-chaussée", 0), ("1. OG", 1), ("2nd floor", 2),
        ("Étage 3", 3),
        ("Keller", -1), ("2. UG", -2), ("UG2", -2), ("-1", -1), ("Level -2", -2), ("Roof", None), ("", None),
        ("4", 4), ("Building 7, 2", None),
    ],
)  # fmt: skip
def test_levels_of_floor_names(name: str, level: int | None) -> None:
    assert level_of(name) == level


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "no column that names the doors"),
        (b"1;2;3\n4;5;6\n", "no column that names the doors"),
        (b"name\n\x00\x01\x02", "not a text file"),
        (b"name\n\x81\x8d\x90", "not a text file"),
        ("name\n" + '"' + "x" * 200_000 + '"', "cannot be read as a door list"),
    ],
)
def test_what_is_no_door_list(tmp_path: Path, data: str | bytes, words: str) -> None:
    with pytest.raises(InputError, match=words):
        read_door_list(write(tmp_path, data))


def test_missing(tmp_path: Path) -> None:
    with pytest.raises(FileUnreachableError):
        read_door_list(tmp_path / "none.csv")


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: ("name;x\n" + text).encode("utf-8", "replace"))
)
def test_noise_is_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.getbasetemp() / "noise.csv"
    path.write_bytes(data)
    try:
        doors = read_door_list(path)
    except InputError:
        return
    assert all(row.name for row in doors.rows)


FORMULAS = [
    "=1+1",
    "+1",
    "-1 Keller",
    "@SUM(A1)",
    "'quoted",
    "\tx",
    "'=x",
    "plain",
    "a;b,c",
    'say "hi"',
    "'' two",
    " =1",
]


def test_export_is_safe_for_spreadsheets_and_reads_back(tmp_path: Path) -> None:
    site = Site(SiteInfo("S"))
    for number, name in enumerate(FORMULAS):
        site.insert_node(Node(f"n{number}", Kind.LOCK, name=name, x_m=-3.5))
    path = tmp_path / "doors.csv"
    write_door_list(site, path)
    cells = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"))))[1:]
    assert not [row[0] for row in cells if row[0].startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {row[5] for row in cells} == {"-3.5"}, "a number is no formula"
    assert [row.name for row in read_door_list(path).rows] == FORMULAS


@given(seed=st.integers(0, 2**32))
def test_an_exported_list_names_every_device_and_what_is_lost(
    tmp_path_factory: pytest.TempPathFactory, seed: int
) -> None:
    site = random_site(random.Random(seed), 12)
    path = tmp_path_factory.getbasetemp() / "export.csv"
    lost = write_door_list(site, path)
    named = [node for node in site.walk() if node.name.strip()]
    rows = read_door_list(path).rows
    assert [(row.name, row.kind, row.x_m) for row in rows] == [(n.name.strip(), n.kind, n.x_m) for n in named]
    assert any("measured links" in line for line in lost) == bool(site.links)
    assert any("walls" in line for line in lost) == any(floor.walls for floor in site.floors.values())
