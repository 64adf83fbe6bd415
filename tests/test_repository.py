"""What must hold for every file of the repository, whoever writes it."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
TOP_LEVEL = {
    *("larry", "ui", "tests", "packaging", "resources"),
    *("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", ".gitignore", ".ci"),
}
NOT_OURS = {".git", ".venv", "__pycache__", "build", "dist", "larry-practice"}
LINE_LIMIT = 400

# The patterns are put together from parts, so that this file does not find itself.
REGISTRY = re.compile(
    r"https?://[\w.@:-]*("
    + "|".join(("py" + "pi", "pythonho" + "sted", "npm" + "js", "crates" + r"\.io"))
    + ")"
)
MACHINE_PATH = re.compile(
    r"(^|[^A-Za-z0-9_.])/(" + "|".join(("root", "home", "work", "farm", "tmp")) + ")/", re.MULTILINE
)
SECRETS = {
    "a private key": re.compile(r"-----BEGIN [A-Z ]*PRIVATE" + r" KEY-----"),
    "a cloud access key": re.compile(r"\bAKIA[0-9A-Z]{16}\b"),
    "a code host's token": re.compile(r"\b(gh[pousr]_[A-Za-z0-9]{36}|glpat-[\w-]{20})"),
    "a chat token": re.compile(r"\bxox[abprs]-[0-9A-Za-z-]{10,}"),
    "a signed web token": re.compile(r"\beyJ[\w-]{20,}\.eyJ[\w-]{20,}\.[\w-]{20,}"),
}
MAIL = re.compile(r"\b[\w.+-]+@([\w-]+\.)+[a-z]{2,}\b")
HARMLESS_MAIL = re.compile(r"@([\w-]+\.)*(example(\.[a-z]+)?|invalid|test|localhost)$")


def tracked_files() -> Iterator[Path]:
    """Yield the repository's files: what git knows or would add; without git, all but the known folders."""
    command = [
        "git",
        "-c",
        "safe.directory=*",
        "ls-files",
        "-z",
        "--cached",
        "--others",
        "--exclude-standard",
    ]
    try:
        names = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
            "\0"
        )
        yield from (ROOT / name for name in names if name and (ROOT / name).is_file())
    except (OSError, subprocess.CalledProcessError):
        for folder, folders, files in os.walk(ROOT):
            folders[:] = [n for n in folders if n not in NOT_OURS and not n.endswith(("_cache", ".egg-info"))]
            folders[:] = [n for n in folders if n != ".hypothesis"]
            yield from (Path(folder) / name for name in files)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every text file of the repository by its name."""
    found = {}
    for path in tracked_files():
        content = path.read_bytes()
        if b"\0" not in content[:8000]:
            found[path.relative_to(ROOT).as_posix()] = content.decode("utf-8", errors="replace")
    assert "pyproject.toml" in found
    return found


def matches(texts: dict[str, str], pattern: re.Pattern[str]) -> list[str]:
    """Return `file:line: text` for every match."""
    return [
        f"{name}:{text.count(chr(10), 0, match.end()) + 1}: {match.group().strip()}"
        for name, text in texts.items()
        for match in pattern.finditer(text)
    ]


def test_the_patterns_find_what_they_are_for() -> None:
    """A scan that cannot fail proves nothing."""
    host = "https://" + "files." + "pythonho" + "sted" + ".org/x.whl"
    folder = "see " + "/ho" + "me/someone/file"
    assert matches({"a": f"one\n{host}\n"}, REGISTRY) == ["a:2: " + host.split(".org")[0]]
    assert matches({"a": f"one\n{folder}\n"}, MACHINE_PATH)
    assert not matches({"a": "an/ho" + "me/x and ./wo" + "rk/y"}, MACHINE_PATH)
    assert SECRETS["a private key"].search("-----BEGIN RSA PRIVATE" + " KEY-----")
    assert not HARMLESS_MAIL.search("someone@hotel-adler" + ".at")


def test_no_address_of_a_package_registry(texts: dict[str, str]) -> None:
    """The registry is a machine's affair; the lock names packages and hashes only."""
    assert not matches(texts, REGISTRY)
    assert "://" not in texts["packaging/requirements.lock"]


def test_no_path_of_a_machine(texts: dict[str, str]) -> None:
    """Nothing works only where it was written."""
    assert not matches(texts, MACHINE_PATH)


@pytest.mark.parametrize("kind", SECRETS)
def test_no_secret(texts: dict[str, str], kind: str) -> None:
    """No key or token of a real service is in the repository."""
    assert not matches(texts, SECRETS[kind])


def test_no_personal_mail_address(texts: dict[str, str]) -> None:
    """Addresses are those reserved for examples."""
    code = {
        name: text
        for name, text in texts.items()
        if not name.startswith(("LICENSE", "resources/fonts", "resources/icons"))
    }
    assert not [found for found in matches(code, MAIL) if not HARMLESS_MAIL.search(found)]


def test_no_file_is_too_long(texts: dict[str, str]) -> None:
    """A file that needs more than 400 lines is two files."""
    lengths = {name: text.count("\n") for name, text in texts.items() if name.endswith((".py", ".sh"))}
    assert not {name: length for name, length in lengths.items() if length > LINE_LIMIT}


def test_only_packages_are_packages(texts: dict[str, str]) -> None:
    """`packaging` would shadow the library of that name, and tests are found by path."""
    assert not [
        n for n in texts if n.endswith("__init__.py") and n.startswith(("packaging/", "resources/", "tests/"))
    ]
    folders = {
        Path(name).parent for name in texts if name.startswith(("larry/", "ui/")) and name.endswith(".py")
    }
    assert not [folder for folder in folders if not (ROOT / folder / "__init__.py").exists()]


def test_the_top_level_is_the_agreed_one(texts: dict[str, str]) -> None:
    """A newcomer finds each thing where its name says."""
    assert not {name.split("/")[0] for name in texts} - TOP_LEVEL


def test_commands_can_be_run() -> None:
    """What README tells people to type is executable."""
    for name in ("packaging/start", "packaging/check", "packaging/setup", "packaging/lock", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), name


def test_the_window_blocks_no_coroutine(texts: dict[str, str]) -> None:
    """A modal `exec()` in a coroutine stops every other task for good (qasync): dialogs open and signal."""
    window = {name: text for name, text in texts.items() if name.startswith("ui/")}
    assert not matches(
        window, re.compile(r"\.exec\(\)|QMessageBox\.(question|warning|information|critical)\(")
    )


def test_the_lock_has_every_dependency(texts: dict[str, str]) -> None:
    """What pyproject.toml asks for is in the lock, pinned and hashed."""
    lock = texts["packaging/requirements.lock"]
    pinned = re.findall(r"^([a-z0-9-]+)==\S+.*\\\n    --hash=sha256:", lock, re.MULTILINE)
    assert len(pinned) == len(re.findall(r"^[a-z]", lock, re.MULTILINE))
    via = set(re.findall(r"via larry|larry \(pyproject\.toml", lock))
    assert via, "the lock was not made from pyproject.toml"
    asked = re.findall(
        r'^    "([A-Za-z0-9-]+)[^"]*",', texts["pyproject.toml"].split("[tool.")[0], re.MULTILINE
    )
    assert not {name.lower() for name in asked} - set(pinned)
