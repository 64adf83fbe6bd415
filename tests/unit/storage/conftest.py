"""Small sites and files for the tests of storage."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from larry.domain.hardware import Floor, Node, SiteInfo
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.storage.op_log import OpStamp
from larry.storage.project_file import ProjectFile

AT = "2026-11-20T12:00:00.000Z"


@pytest.fixture
def stamp() -> OpStamp:
    return OpStamp(AT, "Installer", "hand", "Test")


@pytest.fixture
def site() -> Site:
    site = Site(SiteInfo("Hotel Adler", country_code="AT", extra={"customer": 7}))
    site.set_floors([Floor("f0", "Ground", 0), Floor("f1", "First", 1)])
    site.insert_node(Node("iq1", Kind.IQ, name="IQ Lobby", floor="f0"))
    for number in (3, 1, 2):
        site.insert_node(Node(f"l{number}", Kind.LOCK, name=f"Room {number}", parent="iq1", floor="f0"))
    site.extra = {"made_by": "another program"}
    return site


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "adler.larry"


@pytest.fixture
def file(path: Path, site: Site) -> Iterator[ProjectFile]:
    file = ProjectFile.create(path, site)
    yield file
    file.close()
