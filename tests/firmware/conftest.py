"""Real Zephyr firmware, carried by smpclient's published source distribution; none of it is kept here."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import re
import select
import subprocess
import sys
import tarfile
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

_VERSION = "7.3.0"
_SHA256 = "86aa4bc1c621805d97f449793a4077f049aa88a98a1e916bf59423d072bd2a3b"
_MEMBERS = f"smpclient-{_VERSION}/tests/fixtures/smp-server/"


@dataclass(frozen=True)
class ZephyrBuild:
    """One program of the manifest."""

    path: Path
    groups: tuple[str, ...]
    buffer_size: int


class ZephyrDevice:
    """A running program and the pseudo-terminal it offers."""

    def __init__(self, build: ZephyrBuild, folder: Path) -> None:
        self.build = build
        self._process = subprocess.Popen(
            [str(build.path)], cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
        )
        self.pty = self._read_pty()

    def _read_pty(self, timeout_s: float = 10.0) -> str:
        assert self._process.stdout is not None
        descriptor = self._process.stdout.fileno()
        text, deadline = "", time.monotonic() + timeout_s
        while time.monotonic() < deadline:
            ready, _, _ = select.select([descriptor], [], [], deadline - time.monotonic())
            chunk = os.read(descriptor, 4096) if ready else b""
            if not chunk:
                break
            text += chunk.decode(errors="replace")
            if match := re.search(r"pseudotty: (\S+)\s", text):
                return match[1]
        self.stop()
        raise AssertionError(f"the firmware names no pseudo-terminal: {text!r}")

    def wait_exit(self, timeout_s: float) -> int:
        return self._process.wait(timeout_s)

    def stop(self) -> None:
        self._process.kill()
        self._process.wait(10)
        assert self._process.stdout is not None
        self._process.stdout.close()


def _cached_archive() -> Path:
    """Return the verified archive, downloaded once into the virtual environment's own folder."""
    folder = Path(sys.prefix) / "test-cache"
    archive = folder / f"smpclient-{_VERSION}.tar.gz"
    if archive.exists() and hashlib.sha256(archive.read_bytes()).hexdigest() == _SHA256:
        return archive
    folder.mkdir(exist_ok=True)
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-binary", ":all:", "--no-deps"]
    command += [f"smpclient=={_VERSION}", "--dest", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode or not archive.exists():
        pytest.skip(f"the firmware cannot be downloaded: {done.stderr.strip()[-300:]}")
    found = hashlib.sha256(archive.read_bytes()).hexdigest()
    assert found == _SHA256, f"the archive is not the published one: {found}"
    return archive


def _unpack(archive: Path) -> Path:
    folder = archive.parent / f"smp-server-{_VERSION}"
    if (folder / "complete").exists():
        return folder
    folder.mkdir(exist_ok=True)
    with tarfile.open(archive) as opened:
        for member in opened:
            if member.isfile() and member.name.startswith(_MEMBERS):
                content = opened.extractfile(member)
                assert content is not None
                target = folder / Path(member.name).name
                target.write_bytes(content.read())
                target.chmod(0o755 if target.suffix == ".exe" else 0o644)
    (folder / "complete").touch()
    return folder


@pytest.fixture(scope="session")
def zephyr_builds() -> dict[str, ZephyrBuild]:
    """The native_sim programs with a serial console, by configuration."""
    if platform.system() != "Linux" or platform.machine() not in ("x86_64", "i686"):
        pytest.skip("Zephyr's native_sim programs need Linux on x86")
    if not Path("/lib/ld-linux.so.2").exists():
        pytest.skip("the programs have 32 bits: install libc6:i386 (dpkg --add-architecture i386)")
    folder = _unpack(_cached_archive())
    entries = json.loads((folder / "manifest.json").read_text())
    return {
        entry["config"]: ZephyrBuild(
            folder / entry["artifact"], tuple(entry["groups"]), int(entry["buf_size"] or 0)
        )
        for entry in entries
        if entry["target"] == "native_sim"
        and entry["transport"] == "serial"
        and (folder / entry["artifact"]).exists()
    }


@pytest.fixture
def start_zephyr(zephyr_builds, tmp_path):
    """Return a function that starts a program by its configuration."""
    with contextlib.ExitStack() as stack:

        def start(config: str) -> ZephyrDevice:
            if config not in zephyr_builds:
                pytest.skip(f"the manifest has no configuration {config}")
            folder = tmp_path / config
            folder.mkdir()
            device = ZephyrDevice(zephyr_builds[config], folder)
            stack.callback(device.stop)
            return device

        yield start
