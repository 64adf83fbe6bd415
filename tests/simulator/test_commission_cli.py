"""The commands for devices against a practice site: as a person or a script would type them."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from larry.domain.edits import SetNode
from larry.handover.verify_pack import verify_pack
from larry.services.practice_project import create_practice_project
from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite

PASSPHRASE = "practice"


@dataclass
class Said:
    """What a command left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


async def larry(*arguments: str, **environment: str) -> Said:
    """Run the command line in a process of its own."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "larry", *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "LARRY_PASSPHRASE": PASSPHRASE, **environment},
    )
    out, err = await process.communicate()
    assert b"Traceback" not in err
    return Said(process.returncode or 0, out.decode(), err.decode())


def project_of(folder: Path) -> Path:
    file = folder / "hotel.larry"
    create_practice_project(
        file, lambda path, site: Project.create(path, site, passphrase=lambda: PASSPHRASE)
    ).close()
    return file


async def test_scan_lists_radio_and_cable_as_one_row() -> None:
    async with PracticeSite(seed=3, speed=5) as site:
        cable = next(each for each in site.serial if each["device_id"] == "00A1B2C34A217C")
        said = await larry(
            "scan", "--json", "--for", "6", "--radio", f"hci:{site.hci}", "--serial", cable["path"]
        )
        assert said.code == 0, said.err
        rows = [row for row in said.json["devices"] if row["device_id"] == "00A1B2C34A217C"]
        assert len(rows) == 1
        assert rows[0]["kind"] == "iq"
        assert rows[0]["transports"] == ["ble", "serial"]
        assert len(said.json["devices"]) > 5

        people = await larry("scan", "--for", "3", "--radio", "none", "--serial", cable["path"])
        assert "00A1B2C34A217C" in people.out


async def test_scan_with_a_port_that_is_not_there_says_so_and_ends_with_3(tmp_path: Path) -> None:
    said = await larry(
        "scan", "--json", "--for", "1", "--radio", "none", "--serial", str(tmp_path / "ttyNone")
    )
    assert said.code == 3
    assert said.json["devices"] == []
    assert [problem["reason"] for problem in said.json["problems"]] == ["port-gone"]
    assert said.err.strip()


async def test_one_device_by_cable_and_by_radio() -> None:
    async with PracticeSite(seed=3, speed=5) as site:
        port = site.serial[0]["path"]
        info = await larry("device", port, "info", "--json")
        assert info.code == 0, info.err
        assert info.json["device_id"] == site.serial[0]["device_id"]
        assert info.json["kind"] == "iq"
        assert "kind" in (await larry("device", port, "info")).out

        radio = ("--radio", f"hci:{site.hci}")
        blink = await larry("device", "00A1B2C34A2190", "identify", "3", "--json", *radio)
        assert blink.json == {"identify_s": 3}
        assert any(e.what == "identify" and e.device == "IQ Upper" for e in site.world.events.since(0))

        assert (await larry("device", port, "echo", "Grüß Gott", "--json")).json == {"echo": "Grüß Gott"}
        wifi = await larry(
            "device", port, "wifi", "Adler-Staff", "--json", LARRY_WIFI_PASSWORD="practice-Edelweiss"
        )
        assert wifi.code == 0, wifi.err
        assert wifi.json["state"] == "provisioned"
        wrong = await larry("device", port, "wifi", "Adler-Staff", "--json", LARRY_WIFI_PASSWORD="wrong")
        assert wrong.code == 1
        assert wrong.json["error"]["code"] == "wifi-unable-to-connect"
        assert "wrong" not in wrong.err.lower().replace("wrong password", "")


@pytest.mark.parametrize(
    "arguments",
    [("identify", "soon"), ("echo", "a", "b"), ("setting",), ("info", "more"), ("firmware",)],
)
async def test_wrong_use_of_device_ends_with_2(arguments: tuple[str, ...]) -> None:
    async with PracticeSite(seed=3) as site:
        said = await larry("device", site.serial[0]["path"], *arguments, "--json")
        assert said.code == 2
        assert said.json["error"]["what"]


async def test_a_device_that_is_not_there_ends_with_3() -> None:
    async with PracticeSite(seed=3) as site:
        said = await larry(
            *("device", "00000000000000", "info", "--timeout", "2", "--json", "--radio", f"hci:{site.hci}")
        )
        assert said.code == 3
        assert said.json["error"]["remedy"]


async def test_commission_takes_codes_from_a_file_and_says_what_is_open(tmp_path: Path) -> None:
    file = project_of(tmp_path)
    codes = tmp_path / "codes.csv"
    codes.write_text("Name;Code\nIQ Lobby; k7m4qx2p9d \n", "utf-8")
    async with PracticeSite(seed=3, speed=30) as site:
        with Project.open(file) as project:
            project.do(SetNode("iq1", "device_id", "00A1B2C34A217C"), "Read the sticker")
        cable = next(each["path"] for each in site.serial if each["device_id"] == "00A1B2C34A217C")
        said = await larry(
            *("commission", str(file), "--json", "--radio", "none", "--serial", cable, "--cloud", site.cloud),
            *("--codes", str(codes), "--only", "IQ Lobby", "--only", "Rep 1", "--speed", "30"),
        )
        # No password anywhere and nobody at the terminal: the step stays open at once.
        assert said.code == 1, said.err
        assert {each["code"] for each in said.json["open"]} == {"wifi-password-missing", "assign"}
        assert "K7M4QX2P9D" not in said.out + said.err

        said = await larry(
            *("commission", str(file), "--json", "--radio", "none", "--serial", cable, "--cloud", site.cloud),
            *("--only", "IQ Lobby", "--speed", "30"),
            LARRY_WIFI_PASSWORD="practice-Edelweiss",
        )
        assert (said.code, said.json["done"]) == (0, 1), said.err
        assert "practice-Edelweiss" not in said.out + said.err


async def test_commission_that_reaches_nothing_ends_with_3(tmp_path: Path) -> None:
    file = project_of(tmp_path)
    with Project.open(file) as project:
        project.do(SetNode("iq1", "device_id", "00A1B2C34A217C"), "Read the sticker")
    said = await larry(
        *("commission", str(file), "--json", "--only", "iq1", "--speed", "50"),
        *("--radio", "none", "--serial", str(tmp_path / "ttyNone")),
    )
    assert said.code == 3, said.out
    assert said.json["reached"] is False


@pytest.mark.parametrize(("content", "word"), [("IQ Lobby,K7\nNobody,K8\n", "Row 2"), ("\xff\xfe", "UTF-8")])
async def test_a_bad_list_of_codes_ends_with_2(tmp_path: Path, content: str, word: str) -> None:
    file = project_of(tmp_path)
    codes = tmp_path / "codes.csv"
    codes.write_bytes(content.encode("latin-1"))
    said = await larry("commission", str(file), "--radio", "none", "--codes", str(codes), "--json")
    assert said.code == 2
    assert word in said.json["error"]["what"]
    assert "K8" not in said.out + said.err


def check_results(answer: dict[str, str]) -> None:
    assert verify_pack(Path(answer["pack"])).ok
    assert Path(answer["report"]).read_bytes().startswith(b"%PDF")
    with Project.open(Path(answer["project"])) as project:
        assert project.released


async def test_the_whole_job_in_the_terminal(tmp_path: Path) -> None:
    out = tmp_path / "results"
    said = await larry("practice", "--headless", "--out", str(out), "--speed", "40", "--json")
    assert said.code == 0, said.err
    assert said.json["done"] == said.json["total"] == 31
    assert said.json["released_to"] == "owner@example.com"
    check_results(said.json)
