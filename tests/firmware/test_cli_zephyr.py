"""The command line against Zephyr's own SMP server, as its user types it."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest

pytestmark = pytest.mark.firmware


def _larry(*words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import sys; from larry.cli.main import main; sys.exit(main())", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)


def _json(*words: str) -> dict[str, Any]:
    done = _larry(*words, "--json")
    assert done.returncode == 0, done.stderr
    answer: dict[str, Any] = json.loads(done.stdout)
    return answer


def test_scan_finds_it_on_its_port(start_zephyr):
    device = start_zephyr("serial")
    found = _json("scan", "--serial", device.pty, "--for", "4")
    (row,) = [row for row in found["devices"] if row["port"] == device.pty]
    assert (row["kind"], row["speaks"], row["transports"]) == ("unknown", ["smp"], ["serial"])
    assert row["firmware"].startswith("Zephyr")


def test_info_by_its_port(start_zephyr):
    device = start_zephyr("serial_buf1024")
    info = _json("device", device.pty, "info")
    assert info["driver"] == "generic"
    assert info["model"] == "native_sim/native"
    assert info["buffer_size"] == 1024
    assert info["speaks"] == ["smp"]


def test_echo_parameters_and_reboot(start_zephyr):
    device = start_zephyr("serial")
    assert "Grüß Gott" in json.dumps(_json("device", device.pty, "echo", "Grüß Gott"), ensure_ascii=False)
    assert _json("device", device.pty, "parameters")["buffer_size"] == 384
    assert _larry("device", device.pty, "reboot").returncode == 0
    device.wait_exit(10)


def test_what_it_cannot_do_is_said_without_a_traceback(start_zephyr):
    device = start_zephyr("serial")
    done = _larry("device", device.pty, "wifi")
    assert done.returncode == 3
    assert "Traceback" not in done.stderr
    assert "cannot" in done.stderr


def test_a_port_that_is_gone_is_exit_code_3():
    done = _larry("device", "/dev/larry-none", "info", "--timeout", "2")
    assert done.returncode == 3
    assert "is gone" in done.stderr
    assert "Traceback" not in done.stderr
