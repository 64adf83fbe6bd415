"""`larry simulate` as a process."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

pytestmark = pytest.mark.timeout(60)
COMMANDS = [
    [sys.executable, "-m", "larry.simulator"],
    [sys.executable, "-c", "import sys; from larry.cli.main import main; sys.exit(main())", "simulate"],
]


def start(command: Sequence[str], *arguments: str) -> subprocess.Popen[str]:
    # Whoever starts the tests in the background has Ctrl+C ignored, and that is inherited.
    heeds = ("env", "--default-signal=INT", *command, *arguments)
    return subprocess.Popen(heeds, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


@pytest.mark.parametrize("command", COMMANDS, ids=["module", "larry"])
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_first_line_then_until_interrupted(command: list[str], ending: signal.Signals) -> None:
    with start(command, "--seed", "9") as process:
        assert process.stdout is not None
        announced = json.loads(process.stdout.readline())
        assert announced["hci"].startswith("tcp-client:127.0.0.1:")
        assert [Path(port["path"]).exists() for port in announced["serial"]] == [True, True]
        world = httpx.get(announced["control"] + "/world").json()
        assert (world["name"], world["seed"]) == ("Hotel Adler", 9)
        process.send_signal(ending)
        rest, problems = process.communicate(timeout=20)
    assert process.returncode == 0
    assert rest == ""
    assert "Traceback" not in problems
    # Its cables are gone with it; a path alone proves nothing, the kernel gives the number to the next.
    with pytest.raises(httpx.TransportError):
        httpx.get(announced["control"] + "/world")


@pytest.mark.parametrize("command", COMMANDS, ids=["module", "larry"])
def test_taken_port_is_said(command: list[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        with start(command, "--control", port) as process:
            rest, problems = process.communicate(timeout=20)
    assert process.returncode == 3
    assert rest == ""
    assert port in problems
    assert "Traceback" not in problems


def test_wrong_scenario_is_said(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.toml"
    wrong.write_text("format = 1", "utf-8")
    with start(COMMANDS[0], str(wrong)) as process:
        _, problems = process.communicate(timeout=20)
    assert process.returncode == 2
    assert "not a practice scenario" in problems
    assert "Traceback" not in problems
