"""`larry device TARGET survey` and `network-check` against a practice site, in a process of their own."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from larry.domain.edits import SetNode
from larry.services.practice_project import create_practice_project
from larry.services.project import Project
from larry.simulator.practice_site import PracticeSite
from larry.simulator.world.iq import SimulatedIq

PASSPHRASE = "practice"


async def larry_device(*arguments: str, **environment: str) -> tuple[int, str, str]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "larry", "device", *arguments),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "LARRY_PASSPHRASE": PASSPHRASE, **environment},
    )
    out, err = await process.communicate()
    assert b"Traceback" not in err
    return process.returncode or 0, out.decode(), err.decode()


def port_of(site: PracticeSite, name: str) -> tuple[SimulatedIq, str]:
    iq = site.world.find(name)
    assert isinstance(iq, SimulatedIq)
    return iq, next(port["path"] for port in site.serial if port["device_id"] == iq.device_id)


async def test_survey_is_kept_in_the_project(tmp_path: Path) -> None:
    file = tmp_path / "hotel.larry"
    async with PracticeSite(seed=3, speed=5) as site:
        iq, port = port_of(site, "IQ Upper")
        with create_practice_project(
            file, lambda path, plan: Project.create(path, plan, passphrase=lambda: PASSPHRASE)
        ) as project:
            ids = {device.name: device.device_id for device in site.world}
            for node in list(project.site.nodes.values()):
                project.do(SetNode(node.id, "device_id", ids[node.name]), "ids")
            planned = next(n for n in project.site.nodes.values() if n.name == "IQ Upper")
            project.secrets.set(planned.id, "activation_code", iq.activation_code)
        code, out, err = await larry_device(
            *(port, "survey", "2", "--json", "--project", str(file), "--door", "closed")
        )
    assert code == 0, err
    said: Any = json.loads(out)
    assert said["kept"] > 10
    assert said["not_in_the_plan"] == []
    assert iq.activation_code not in out + err
    with Project.open(file, passphrase=lambda: PASSPHRASE) as project:
        links = project.site.links_of(planned.id)
        assert len(links) == said["kept"]
        assert {link.conditions for link in links} == {"door closed"}
        assert project.undo_label is not None
        assert "Links measured at IQ Upper" in project.undo_label


async def test_network_check_says_what_to_tell_it() -> None:
    async with PracticeSite(seed=3, speed=5) as site:
        iq, port = port_of(site, "IQ Upper")
        code, _, err = await larry_device(port, "network-check")
        assert code == 2
        assert "LARRY_ACTIVATION_CODE" in err
        iq.hold_reset(2)
        iq.wifi.station.restore("Adler-Staff", "practice-Edelweiss")
        code, out, err = await larry_device(port, "network-check", LARRY_ACTIVATION_CODE=iq.activation_code)
        assert (code, "FAILED" in out) == (0, False), err
        site.world.faults.set("port-40000-blocked", True, {})
        code, out, err = await larry_device(port, "network-check", LARRY_ACTIVATION_CODE=iq.activation_code)
    assert code == 1
    words = " ".join(out.split())
    assert "For IT: Please allow outgoing TCP to port 40000" in words
    assert iq.adapter_macs[0] in words


async def test_a_wrong_code_is_said() -> None:
    async with PracticeSite(seed=3, speed=5) as site:
        _, port = port_of(site, "IQ Upper")
        code, out, err = await larry_device(port, "survey", "1", LARRY_ACTIVATION_CODE="WRONG")
    assert code == 1
    assert out == ""
    assert "activation-code" in err
