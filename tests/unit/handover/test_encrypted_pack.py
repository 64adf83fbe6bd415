"""The encrypted pack: Larry and the public `age` program open each other's files."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
from pathlib import Path

import pytest
from finished_site import finished_site, observed_by

from larry.errors import InputError
from larry.handover.pack_cipher import (
    PackClosedError,
    by_passphrase,
    decrypt_pack,
    encrypt_to_passphrase,
    encrypt_to_recipients,
    is_encrypted,
)
from larry.handover.verify_pack import verify_pack
from larry.services.hand_over import HandedOver, PackSeal, hand_over
from larry.services.project import Project

PASSPHRASE = "correct horse battery"


@pytest.fixture
def project(tmp_path: Path):
    site = finished_site()
    with Project.create(tmp_path / "hotel.larry", site) as project:
        for node in list(site.walk()):
            project.record_observed(node.id, observed_by(node))
        yield project


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    path = tmp_path / "owner.txt"
    subprocess.run(["age-keygen", "-o", str(path)], check=True, capture_output=True)
    return path


def public_key(key_file: Path) -> str:
    found = re.search(r"age1[a-z0-9]+", key_file.read_text())
    assert found
    return found[0]


def age_with_passphrase(arguments: list[str], cwd: Path) -> int:
    """Run `age`, which reads a passphrase from a terminal only, on a terminal of its own."""
    terminal, inner = pty.openpty()
    command = ["setsid", "--ctty", "--wait", "age", *arguments]
    process = subprocess.Popen(command, cwd=cwd, stdin=inner, stdout=inner, stderr=inner)
    os.close(inner)
    seen, typed = b"", False
    while True:
        ready, _, _ = select.select([terminal], [], [], 60)
        assert ready, f"age says nothing more: {seen!r}"
        try:
            seen += os.read(terminal, 4096)
        except OSError:  # the terminal ends with the program
            break
        if not typed and b"passphrase" in seen:
            os.write(terminal, f"{PASSPHRASE}\n".encode())
            typed = True
    os.close(terminal)
    return process.wait(60)


def commands_of(text: str, tool: str) -> list[str]:
    """Return the commands of the instructions that begin with a tool."""
    return [line.strip() for line in text.splitlines() if line.strip().startswith(f"{tool} ")]


def checked_by_sha256sum(folder: Path) -> None:
    done = subprocess.run(["sha256sum", "-c", "SHA256SUMS"], cwd=folder, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_pack_for_a_key_opens_with_the_instructions_beside_it(
    project: Project, key_file: Path, tmp_path: Path
) -> None:
    made = hand_over(project, tmp_path / "out", seal=PackSeal(recipients=(public_key(key_file),)))
    folder = made.path.parent
    text = (folder / f"{made.path.name}.txt").read_text()
    (sums,) = commands_of(text, "sha256sum")
    told = subprocess.run(sums.split(), cwd=folder, capture_output=True, text=True, check=True).stdout
    assert told.split()[0] == made.pack.sha256
    (command,) = commands_of(text, "age")
    subprocess.run(command.replace("KEY.txt", str(key_file)).split(), cwd=folder, check=True)
    (unzip,) = commands_of(text, "unzip")
    subprocess.run(unzip.split(), cwd=folder, check=True, capture_output=True)
    checked_by_sha256sum(folder / "pack")
    assert f"sha256sum {made.path.name}" in (folder / "pack" / "VERIFY.txt").read_text()


def test_a_pack_for_a_passphrase_opens_with_the_instructions_beside_it(
    project: Project, tmp_path: Path
) -> None:
    made = hand_over(project, tmp_path / "out", seal=PackSeal(PASSPHRASE))
    folder = made.path.parent
    (command,) = commands_of((folder / f"{made.path.name}.txt").read_text(), "age")
    assert age_with_passphrase(command.split()[1:], folder) == 0
    (unzip,) = commands_of((folder / f"{made.path.name}.txt").read_text(), "unzip")
    subprocess.run(unzip.split(), cwd=folder, check=True, capture_output=True)
    checked_by_sha256sum(folder / "pack")


def test_larry_opens_what_age_encrypted(key_file: Path, tmp_path: Path) -> None:
    (tmp_path / "in").write_bytes(b"some pack")
    arguments = ["-r", public_key(key_file), "-o", "out.age", "in"]
    subprocess.run(["age", *arguments], cwd=tmp_path, check=True)
    assert decrypt_pack((tmp_path / "out.age").read_bytes(), identities=key_file.read_text()) == b"some pack"


def test_larry_verifies_an_encrypted_pack(project: Project, tmp_path: Path) -> None:
    made: HandedOver = hand_over(project, tmp_path / "out", seal=PackSeal(PASSPHRASE))
    result = verify_pack(made.path, passphrase=PASSPHRASE)
    assert result.ok, [str(each) for each in result.problems]
    assert result.encrypted
    assert result.sha256 == made.pack.sha256
    with pytest.raises(PackClosedError):
        verify_pack(made.path, passphrase="wrong horse battery")
    with pytest.raises(InputError):
        verify_pack(made.path)
    assert PASSPHRASE not in repr(PackSeal(PASSPHRASE))


def test_every_flipped_byte_keeps_it_closed(key_file: Path) -> None:
    data = encrypt_to_recipients(b"x" * 300, [public_key(key_file)])
    for offset in range(len(data)):
        changed = bytearray(data)
        changed[offset] ^= 1
        if not is_encrypted(changed):
            continue  # no longer an age file at all: verify calls it no pack
        with pytest.raises((PackClosedError, InputError)):
            decrypt_pack(bytes(changed), identities=key_file.read_text())


def test_what_it_is_encrypted_to_is_seen(key_file: Path) -> None:
    assert by_passphrase(encrypt_to_passphrase(b"x", PASSPHRASE))
    assert not by_passphrase(encrypt_to_recipients(b"x", [public_key(key_file)]))


@pytest.mark.parametrize("seal", [PackSeal("short"), PackSeal(recipients=("age1nonsense",))])
def test_a_seal_that_cannot_be_used_writes_nothing(project: Project, tmp_path: Path, seal: PackSeal) -> None:
    with pytest.raises(InputError):
        hand_over(project, tmp_path / "out", seal=seal)
    assert not (tmp_path / "out").exists()
