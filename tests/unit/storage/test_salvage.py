"""Cut and flipped files: never a crash or a hang, and every row whose bytes are whole comes back.

LARRY_FLIPS sets how many damaged files are tried (packaging/check --campaign: 10,000).
"""

from __future__ import annotations

import json
import os
import random
import time
from pathlib import Path
from typing import Any

import pytest
from site_strategies import random_edit, random_site

from larry.errors import DamagedFileError, InputError, LarryError
from larry.services.project import Project
from larry.storage.op_log import OpStamp
from larry.storage.page_scan import PageScan, ScannedRow
from larry.storage.project_file import ProjectFile
from larry.storage.row_shapes import table_of
from larry.storage.salvage import salvage

DAMAGED = int(os.environ.get("LARRY_FLIPS", "300"))
_LONGEST_S = 20.0


class ExtentScan(PageScan):
    """Remembers which bytes each row is made of."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.touched: list[int] = []
        self.extents: dict[ScannedRow, list[tuple[int, int]]] = {}

    def _page(self, number: int) -> bytes:
        self.touched.append(number)
        return super()._page(number)

    def _cell(self, page: bytes, at: int, kind: int) -> tuple[ScannedRow, int]:
        leaf = self.touched[0] if len(self.touched) == 1 else self.touched[-1]
        self.touched = [leaf]
        row, end = super()._cell(page, at, kind)
        size = self.page_bytes
        overflow = [((each - 1) * size, each * size) for each in self.touched[1:]]
        self.touched = [leaf]
        if table_of(row):
            base = (leaf - 1) * size
            self.extents[row] = [(base + at, base + end), *overflow]
        return row, end


def key_of(row: ScannedRow) -> tuple[Any, ...]:
    values = tuple(
        int(each) if isinstance(each, float) and each.is_integer() else each for each in row.values
    )
    return (table_of(row), row.row_id, values)


def rows_of(path: Path) -> set[tuple[Any, ...]]:
    scan = PageScan(path.read_bytes())
    return {key_of(row) for row in scan.rows(lambda row: table_of(row) is not None)}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    rng = random.Random(4)
    path = tmp_path_factory.mktemp("salvage") / "whole.larry"
    with Project.create(path, random_site(rng, 60)) as project:
        for number in range(60):
            project.do(random_edit(rng, project.site), f"Edit {number}")
            if number % 9 == 0:
                project.undo()
        project.note("x" * 20_000)  # a row over several pages
        for node_id in list(project.site.nodes)[:20]:
            project.record_observed(node_id, {"online": True, "battery": 80})
        project.jobs.save_step("commission", "n1/wifi", {"state": "done"})
    return path


def damaged(data: bytes, rng: random.Random) -> tuple[bytes, list[int]]:
    """Return damaged bytes and which of them changed; a cut changes all that follow."""
    changed = bytearray(data)
    if rng.random() < 0.25:
        cut = rng.randrange(len(data))
        return bytes(changed[:cut]), list(range(cut, len(data)))
    places = [rng.randrange(len(data)) for _ in range(rng.choice((1, 1, 4, 32)))]
    for place in places:
        changed[place] ^= rng.randrange(1, 256)
    return bytes(changed), places


def test_a_whole_file_comes_back_equal(whole: Path, tmp_path: Path) -> None:
    done = salvage(whole, tmp_path / "new.larry")
    assert all(sentence.startswith("Floors") for sentence in done.missing), "that site names floors it lacks"
    with Project.open(whole) as before, Project.open(tmp_path / "new.larry") as after:
        assert after.site == before.site
        assert after.history() == before.history()
        assert after.records == before.records
        assert after.jobs.load_steps("commission") == before.jobs.load_steps("commission")
        assert after.history_changed_at(all_rows=True) is None
        assert after.undo_label == before.undo_label


@pytest.mark.slow
@pytest.mark.timeout(60 + 2 * DAMAGED)
def test_every_intact_row_of_damaged_files_comes_back(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    scan = ExtentScan(data)
    for number in range(1, len(scan) + 1):
        scan.touched = []
        list(scan._rows_of_numbered_page(number, lambda row: table_of(row) is not None))
    assert len(scan.extents) > 150
    nothing = 0
    for seed in range(DAMAGED):
        rng = random.Random(seed)
        bytes_now, places = damaged(data, rng)
        intact = intact_rows(scan, places)
        began = time.monotonic()
        found = salvaged_rows(bytes_now, tmp_path)
        assert time.monotonic() - began < _LONGEST_S, f"seed {seed} took too long"
        if not found:
            nothing += 1
            assert not [row for row in intact if table_of(row) in {"node", "op", "site"}], f"seed {seed}"
            continue
        lost = [row for row in intact if not comes_back(row, found)]
        assert not lost, f"seed {seed}: {len(lost)} intact rows did not come back, first {lost[0]}"
    assert nothing < DAMAGED / 4


def intact_rows(scan: ExtentScan, places: list[int]) -> list[ScannedRow]:
    if len(places) > 1000:  # a cut
        return [row for row, extents in scan.extents.items() if all(end <= places[0] for _, end in extents)]
    return [
        row
        for row, extents in scan.extents.items()
        if not any(start <= place < end for place in places for start, end in extents)
    ]


def comes_back(row: ScannedRow, found: dict[tuple[Any, ...], tuple[Any, ...]]) -> bool:
    table, row_id, values = key_of(row)
    if table is None:
        return True
    key = (table, row_id if row_id is not None else values[0])
    return key in found or table in {"record", "secret"}


def salvaged_rows(data: bytes, folder: Path) -> dict[tuple[Any, ...], tuple[Any, ...]]:
    source, target = folder / "odd.larry", folder / "new.larry"
    source.write_bytes(data)
    try:
        salvage(source, target)
    except DamagedFileError:
        return {}
    try:
        ProjectFile.open(target).close()  # what was salvaged opens
        return {
            (table, row_id if row_id is not None else values[0]): values
            for table, row_id, values in rows_of(target)
        }
    finally:
        for left in folder.glob("*.larry*"):
            left.unlink()


def test_what_is_missing_is_listed(whole: Path, tmp_path: Path) -> None:
    data = bytearray(whole.read_bytes())
    size = PageScan(bytes(data)).page_bytes
    scan = PageScan(bytes(data))
    for number in range(2, len(scan) + 1):
        rows = list(scan._rows_of_numbered_page(number, lambda row: table_of(row) == "node"))
        if len(rows) > 5:
            data[(number - 1) * size : number * size] = bytes(size)
            break
    source = tmp_path / "odd.larry"
    source.write_bytes(data)
    done = salvage(source, tmp_path / "new.larry")
    assert any("Devices" in sentence for sentence in done.missing), done
    with Project.open(tmp_path / "new.larry") as project:
        assert project.site.nodes
    assert source.read_bytes() == data, "the damaged file stays as it is"


def test_a_missing_entry_of_the_history_is_listed(whole: Path, tmp_path: Path) -> None:
    data = whole.read_bytes()
    at = data.index(b'"op":"', data.index(b"Edit 7")) if b"Edit 7" in data else 0
    odd = bytearray(data)
    odd[at : at + 6] = b"\xff" * 6
    source = tmp_path / "odd.larry"
    source.write_bytes(odd)
    done = salvage(source, tmp_path / "new.larry")
    assert any("Entries of the history are missing" in sentence for sentence in done.missing), done
    with Project.open(tmp_path / "new.larry") as project:
        assert project.history_changed_at(all_rows=True) is not None
        assert project.undo_label is None


def test_the_log_beside_a_file_is_brought_in(file: ProjectFile, stamp: OpStamp, tmp_path: Path) -> None:
    from larry.domain.edits import SetNode

    file.apply(SetNode("l1", "name", "Only in the log"), stamp)
    folder = tmp_path / "killed"
    folder.mkdir()
    for name in (file.path.name, f"{file.path.name}-wal"):
        (folder / name).write_bytes((tmp_path / name).read_bytes())
    salvage(folder / file.path.name, tmp_path / "new.larry")
    with Project.open(tmp_path / "new.larry") as project:
        assert project.site.nodes["l1"].name == "Only in the log"


def test_nothing_to_salvage_is_told(tmp_path: Path) -> None:
    source = tmp_path / "odd.larry"
    source.write_bytes(json.dumps({"no": "project"}).encode() * 1000)
    with pytest.raises(DamagedFileError, match="Nothing of a project"):
        salvage(source, tmp_path / "new.larry")
    assert list(tmp_path.iterdir()) == [source]


def test_an_existing_target_stays(whole: Path, tmp_path: Path) -> None:
    target = tmp_path / "new.larry"
    target.write_text("precious")
    with pytest.raises(InputError, match="exists already"):
        salvage(whole, target)
    with pytest.raises(LarryError):
        salvage(tmp_path / "gone.larry", tmp_path / "other.larry")
