"""A copy is one whole file; a file that went away or was swapped while open is told, and can be saved."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from larry.domain.edits import SetNode
from larry.errors import FileUnreachableError, InputError
from larry.services.project import Project
from larry.storage.op_log import OpStamp
from larry.storage.project_file import ProjectFile


def rename(name: str) -> SetNode:
    return SetNode("l1", "name", name)


def test_a_copy_of_an_open_project_is_whole(file: ProjectFile, stamp: OpStamp, tmp_path: Path) -> None:
    file.apply(rename("Room 9"), stamp)
    target = tmp_path / "sent.larry"
    file.copy_to(target)
    file.apply(rename("Room 10"), stamp)
    copy = ProjectFile.open(target)
    assert copy.site.nodes["l1"].name == "Room 9"
    assert copy.project_id == file.project_id
    assert [entry.label for entry in copy.ops.history()] == ["Test"]
    assert copy.notices() == []
    copy.close()
    assert [each.name for each in tmp_path.glob("*sent*")] == ["sent.larry"]


def test_a_copy_never_overwrites(file: ProjectFile, tmp_path: Path) -> None:
    target = tmp_path / "sent.larry"
    target.write_text("precious")
    with pytest.raises(InputError, match="exists already"):
        file.copy_to(target)
    assert target.read_text() == "precious"


def test_a_copy_into_a_missing_folder_is_told(file: ProjectFile, tmp_path: Path) -> None:
    with pytest.raises(FileUnreachableError):
        file.copy_to(tmp_path / "gone" / "sent.larry")


def test_a_file_copied_by_others_while_open_is_recognised(
    file: ProjectFile, stamp: OpStamp, tmp_path: Path
) -> None:
    file.apply(rename("Room 9"), stamp)
    file.checkpoint()
    file.apply(rename("Room 10"), stamp)
    copied = tmp_path / "copied.larry"
    shutil.copyfile(file.path, copied)
    file.close()
    copy = ProjectFile.open(copied)
    assert copy.site.nodes["l1"].name == "Room 9", "what was copied, not what stood in the log"
    assert "was copied while another Larry worked with it" in copy.notices()[0]
    copy.close()
    again = ProjectFile.open(copied)
    assert again.notices() == []
    again.close()


@pytest.fixture
def project(file: ProjectFile) -> Project:
    return Project(file)


def test_a_file_that_was_deleted_is_told_and_saved_elsewhere(project: Project, tmp_path: Path) -> None:
    project.do(rename("Room 9"), "Rename")
    project.path.unlink()
    with pytest.raises(FileUnreachableError, match=r"not where it was.*Save a copy elsewhere"):
        project.do(rename("Room 10"), "Rename")
    assert project.site.nodes["l1"].name == "Room 9"
    with pytest.raises(FileUnreachableError):
        project.note("A pack was made")
    target = tmp_path / "saved.larry"
    project.send_copy(target)
    with Project.open(target) as saved:
        assert saved.site == project.site


def test_a_file_that_was_replaced_is_told_and_the_other_one_untouched(
    project: Project, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.write_bytes(b"of somebody else")
    other.replace(project.path)
    with pytest.raises(FileUnreachableError, match="replaced by another file"):
        project.do(rename("Room 10"), "Rename")
    project.close()
    assert project.path.read_bytes() == b"of somebody else"


def test_a_project_that_cannot_be_read_any_more_is_saved_from_memory(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project.do(rename("Room 9"), "Rename")
    project.record_observed("l1", {"online": True})

    def pulled(_target: Path) -> None:
        raise FileUnreachableError("adler.larry cannot be read or written any more.")

    monkeypatch.setattr(project._file._database, "copy_into", pulled)
    target = tmp_path / "saved.larry"
    lacks = project.send_copy(target)
    assert "history" in lacks[0]
    with Project.open(target) as saved:
        assert saved.site == project.site
        assert saved.records["l1"].observed["online"].value is True
