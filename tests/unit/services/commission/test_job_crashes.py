"""The program dies before any one of its writes: the next run ends the same, and nothing is doubled."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from larry.services.commissioning import Commissioning
from larry.services.project import Project
from larry.storage.job_store import JobStore
from larry.storage.record_rows import RecordRows


class KilledError(BaseException):
    """Stands for SIGKILL: nothing catches it, and nothing is written after it."""


class Killer:
    """Lets `left` writes to the file pass; the next and all later ones kill."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.left: int | None = None
        for owner, name in ((JobStore, "save_step"), (RecordRows, "write")):
            monkeypatch.setattr(owner, name, self._guard(getattr(owner, name)))

    def _guard(self, write: Any) -> Any:
        def guarded(*arguments: Any) -> Any:
            if self.left is not None:
                if self.left == 0:
                    raise KilledError
                self.left -= 1
            return write(*arguments)

        return guarded


async def _run_killed(path: Path, devices: Any, cloud: Any, clock: Any, killer: Killer, writes: int) -> bool:
    """Run until the kill; return whether it came."""
    with Project.open(path, passphrase=lambda: "test") as project:
        job = Commissioning(project, devices, cloud, clock)
        killer.left = writes
        try:
            await job.run()
        except KilledError:
            return True
        finally:
            killer.left = None
    return False


@pytest.mark.usefixtures("linking")
async def test_killed_before_any_write_it_goes_on_to_the_same_end(
    project: Project, devices: Any, iq: Any, cloud: Any, clock: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = project.path
    project.close()
    empty = path.read_bytes()
    killer = Killer(monkeypatch)
    writes = 0
    while True:
        path.write_bytes(empty)
        _forget(iq, cloud)
        if not await _run_killed(path, devices, cloud, clock, killer, writes):
            break
        with Project.open(path, passphrase=lambda: "test") as again:
            job = Commissioning(again, devices, cloud, clock)
            result = await job.run()
            where = f"killed before write {writes}"
            assert result.open_steps == (), where
            assert result.done == 3, where
            assert again.records["lock"].seen("battery") == 88, where
            assert again.records["lock"].seen("name") == "Room 101", where
        assert iq.calls.count("attach") == 2, f"{where}: attached twice"
        assert len(cloud.iq_list) == len(cloud.site_list) == 1, f"{where}: doubled in the cloud"
        writes += 1
    assert writes > 40, "the job writes more often than that"


def _forget(iq: Any, cloud: Any) -> None:
    for remembered in (iq.items, iq.log, iq.calls, cloud.site_list, cloud.iq_list, cloud.names):
        remembered.clear()
    iq.revision = 41
