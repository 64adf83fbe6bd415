"""The project file: what was done is there after reopening, and only what changed is written."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from larry.domain.edits import AddNode, Composite, MoveNode, RemoveNode, SetNode, SetSite
from larry.domain.events import SilentListener
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import FileUnreachableError, InputError, ProjectFileError
from larry.storage.op_log import OpStamp
from larry.storage.project_file import ProjectFile


def reopen(file: ProjectFile) -> ProjectFile:
    file.close()
    return ProjectFile.open(file.path)


def test_a_new_file_holds_the_site(file: ProjectFile, site: Site) -> None:
    again = reopen(file)
    assert again.site == site
    assert again.site.children("iq1") == ["l3", "l1", "l2"], "tree order is data"
    assert again.site.extra == {"made_by": "another program"}
    again.close()


def test_edits_are_there_after_reopening(file: ProjectFile, stamp: OpStamp) -> None:
    file.apply(AddNode(Node("l4", Kind.LOCK, parent="iq1", extra={"colour": "red"}), 0), stamp)
    file.apply(MoveNode("l2", "iq1", 0), stamp)
    file.apply(SetNode("l1", "mandatory", False), stamp)
    file.apply(SetSite("owner_email", "owner@example.com"), stamp)
    expected = file.site
    again = reopen(file)
    assert again.site == expected
    assert again.site.children("iq1") == ["l2", "l4", "l3", "l1"]
    again.close()


def test_closed_is_one_single_file_and_open_it_is_not(file: ProjectFile, stamp: OpStamp) -> None:
    file.apply(SetSite("name", "B"), stamp)
    folder = file.path.parent
    assert {each.name for each in folder.iterdir()} == {"adler.larry", "adler.larry-wal"}
    file.close()
    assert [each.name for each in folder.iterdir()] == ["adler.larry"]
    file.close()  # a second time does nothing


def test_after_a_checkpoint_a_copy_of_the_file_alone_is_whole(
    file: ProjectFile, stamp: OpStamp, tmp_path: Path
) -> None:
    file.apply(SetSite("name", "Renamed"), stamp)
    file.checkpoint()
    # in another process: opening the file here would drop the lock (see open_files.py)
    copy = tmp_path / "copy.larry"
    subprocess.run(["cp", str(file.path), str(copy)], check=True)
    other = ProjectFile.open(copy)
    assert other.site.info.name == "Renamed"
    other.close()


def test_a_move_writes_one_row_not_all_siblings(file: ProjectFile, stamp: OpStamp) -> None:
    file.apply(Composite(tuple(AddNode(Node(f"x{n}", Kind.LOCK, parent="iq1")) for n in range(500))), stamp)
    before = file._database.connection.total_changes
    file.apply(MoveNode("x499", "iq1", 250), stamp)
    assert file._database.connection.total_changes - before <= 4  # the node with its index, and the log


def test_many_moves_to_one_place_run_out_of_gaps_and_keep_the_order(
    file: ProjectFile, stamp: OpStamp
) -> None:
    for number in range(60):
        file.apply(AddNode(Node(f"x{number}", Kind.LOCK, parent="iq1"), 1), stamp)
    expected = list(file.site.children("iq1"))
    again = reopen(file)
    assert list(again.site.children("iq1")) == expected
    again.close()


@pytest.mark.parametrize(
    "edit",
    [
        SetNode("l1", "x_m", "far"),
        SetNode("l1", "x_m", float("nan")),
        SetNode("l1", "name", "\ud800"),
        SetNode("l1", "extra", {"a": {1, 2}}),
        SetNode("l1", "open_time_s", 2**70),
        SetNode("nobody", "name", "x"),
        SetNode("l1", "parent", None),
        MoveNode("iq1", "l1"),
        Composite((SetNode("l1", "name", "New"), RemoveNode("iq1"))),
    ],
)
def test_an_edit_that_does_not_fit_changes_nothing(
    file: ProjectFile, site: Site, stamp: OpStamp, edit
) -> None:
    with pytest.raises(InputError):
        file.apply(edit, stamp)
    assert file.site.nodes["l1"].name == "Room 1"
    again = reopen(file)
    assert again.site == site
    assert list(again.ops.history()) == []
    again.apply(SetNode("l1", "name", "Room 1a"), stamp)
    again.close()


def test_a_second_one_in_this_process_is_refused_and_the_lock_stays(file: ProjectFile) -> None:
    with pytest.raises(FileUnreachableError, match="already open"):
        ProjectFile.open(file.path)
    assert _writer_elsewhere(file.path) == "database is locked"


def test_a_second_process_gets_a_clear_sentence(file: ProjectFile) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from larry.storage.project_file import ProjectFile\n"
        "from larry.errors import LarryError\n"
        "try: ProjectFile.open(Path(sys.argv[1]))\n"
        "except LarryError as error: print(error); sys.exit(error.exit_code)"
    )
    answer = subprocess.run([sys.executable, "-c", code, str(file.path)], capture_output=True, text=True)
    assert answer.returncode == 3
    assert answer.stdout.startswith("adler.larry is already open. Another Larry")


def test_a_name_that_exists_is_not_overwritten(file: ProjectFile, site: Site) -> None:
    with pytest.raises(InputError, match="exists already"):
        ProjectFile.create(file.path, site)


def test_a_missing_folder_is_named_and_nothing_stays_behind(tmp_path: Path, site: Site) -> None:
    with pytest.raises(FileUnreachableError):
        ProjectFile.create(tmp_path / "no" / "a.larry", site)
    assert list(tmp_path.iterdir()) == []


def test_a_site_that_cannot_be_stored_leaves_no_file(path: Path, site: Site) -> None:
    site.nodes["l1"].x_m = float("inf")
    with pytest.raises(InputError):
        ProjectFile.create(path, site)
    assert list(path.parent.iterdir()) == []


def refuses_changes(file: ProjectFile, stamp: OpStamp) -> bool:
    before = file.site.info.name
    with pytest.raises(FileUnreachableError, match="cannot be changed"):
        file.apply(SetSite("name", "B"), stamp)
    return file.site.info.name == before


def test_read_only_reads_and_refuses_changes(file: ProjectFile, site: Site, stamp: OpStamp) -> None:
    file.close()
    before = file.path.read_bytes()
    reading = ProjectFile.open(file.path, read_only=True)
    assert reading.site == site
    assert refuses_changes(reading, stamp)
    reading.checkpoint()
    reading.close()
    assert [each.name for each in file.path.parent.iterdir()] == ["adler.larry"]
    assert file.path.read_bytes() == before


def test_reading_brings_in_what_a_killed_editor_committed(
    file: ProjectFile, stamp: OpStamp, tmp_path: Path
) -> None:
    file.apply(SetSite("name", "Last words"), stamp)
    left = tmp_path / "left"
    left.mkdir()
    names = [str(each) for each in file.path.parent.glob("adler.larry*")]
    subprocess.run(["cp", *names, str(left)], check=True)  # as a kill would leave them
    assert (left / "adler.larry-wal").stat().st_size > 0
    reading = ProjectFile.open(left / "adler.larry", read_only=True)
    assert reading.site.info.name == "Last words"
    reading.close()
    assert [each.name for each in left.iterdir()] == ["adler.larry"]


def test_reading_beside_an_editor_is_refused_not_stale(file: ProjectFile) -> None:
    code = (
        "import sys; from pathlib import Path\n"
        "from larry.storage.project_file import ProjectFile\n"
        "from larry.errors import LarryError\n"
        "try: ProjectFile.open(Path(sys.argv[1]), read_only=True)\n"
        "except LarryError as error: print(error.what)"
    )
    answer = subprocess.run([sys.executable, "-c", code, str(file.path)], capture_output=True, text=True)
    assert answer.stdout == "adler.larry is already open.\n"


def test_a_read_only_medium_opens_for_reading(
    file: ProjectFile, site: Site, stamp: OpStamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.close()
    monkeypatch.setattr("larry.storage.medium.os.access", lambda *_: False)  # root may write anywhere
    reading = ProjectFile.open(file.path)
    assert reading.site == site
    assert refuses_changes(reading, stamp)
    assert [each.name for each in file.path.parent.iterdir()] == ["adler.larry"]
    reading.close()
    file.path.with_name("adler.larry-wal").write_bytes(b"left by a kill")
    with pytest.raises(FileUnreachableError, match="Copy both files"):
        ProjectFile.open(file.path)


def test_a_full_disk_takes_the_edit_back_and_says_so(file: ProjectFile, site: Site, stamp: OpStamp) -> None:
    connection = file._database.connection
    pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.execute(f"PRAGMA max_page_count={pages}")
    many = Composite(tuple(AddNode(Node(f"x{n}", Kind.LOCK)) for n in range(2000)))
    with pytest.raises(FileUnreachableError, match="disk is full"):
        file.apply(many, stamp)
    assert file.site == site
    connection.execute("PRAGMA max_page_count=1000000")
    file.apply(many, stamp)  # after room was made it works
    expected = file.site
    again = reopen(file)
    assert again.site == expected
    again.close()


class BrokenListener(SilentListener):
    def node_changed(self, node_id: str, field: str) -> None:
        raise RuntimeError("a view failed")


def test_a_change_that_stopped_half_way_lets_nothing_more_be_written(
    file: ProjectFile, site: Site, stamp: OpStamp
) -> None:
    listener = BrokenListener()
    file.site.add_listener(listener)
    with pytest.raises(RuntimeError):
        file.apply(Composite((MoveNode("l1", None), SetNode("l2", "name", "x"))), stamp)
    file.site.remove_listener(listener)
    with pytest.raises(ProjectFileError, match="has to be opened again"):
        file.apply(SetSite("name", "B"), stamp)
    again = reopen(file)
    assert again.site == site
    again.apply(SetSite("name", "B"), stamp)
    again.close()


def test_one_gesture_is_one_transaction(file: ProjectFile, stamp: OpStamp) -> None:
    seen: list[str] = []
    file._database.connection.set_trace_callback(seen.append)
    file.apply(MoveNode("l1", None), stamp)
    file._database.connection.set_trace_callback(None)
    assert [sql for sql in seen if sql in ("BEGIN IMMEDIATE", "COMMIT")] == ["BEGIN IMMEDIATE", "COMMIT"]
    assert seen[0] == "BEGIN IMMEDIATE"
    assert seen[-1] == "COMMIT"


def test_settings_of_the_connection(file: ProjectFile) -> None:
    values = {
        name: file._database.connection.execute(f"PRAGMA {name}").fetchone()[0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "trusted_schema", "cell_size_check")
    }
    assert values == {
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cell_size_check": 1,
    }


def _writer_elsewhere(path: Path) -> str:
    code = (
        "import sqlite3, sys\n"
        "connection = sqlite3.connect(sys.argv[1], timeout=0)\n"
        "try: connection.execute('DELETE FROM op'); print('written')\n"
        "except sqlite3.Error as error: print(error)\n"
        "connection.close()"
    )
    return subprocess.run(
        [sys.executable, "-c", code, str(path)], capture_output=True, text=True
    ).stdout.strip()


def test_sqlite_here_knows_strict_tables() -> None:
    assert sqlite3.sqlite_version_info >= (3, 37)
