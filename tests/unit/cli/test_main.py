"""The frame of the command line: exit codes, one JSON document, no traceback, both streams."""

from __future__ import annotations

import importlib
import json
import logging
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import click
import pytest

from larry import __version__
from larry.cli import main as main_module
from larry.cli.command_table import COMMANDS
from larry.cli.log_setup import RedactingFormatter, redact
from larry.cli.options import json_option
from larry.cli.output import answer, say
from larry.errors import CloudRefusedError, DeviceTimeoutError, InputError


@pytest.fixture
def probe(monkeypatch: pytest.MonkeyPatch):
    """A command of this test's own: what it does is set by `probe.act`."""
    module = ModuleType("larry.cli.commands.probe")

    @click.command()
    @json_option
    @click.pass_context
    def command(context: click.Context) -> None:
        module.act(context)  # type: ignore[attr-defined]

    module.command = command  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "larry.cli.commands.probe", module)
    monkeypatch.setitem(COMMANDS, "probe", ("probe", "A test."))
    return module


def fail_with(error: BaseException):
    def act(_: click.Context) -> None:
        raise error

    return act


def test_every_command_of_the_table_has_help(larry) -> None:
    overview = larry("--help")
    assert overview.code == 0
    for name in COMMANDS:
        assert name in overview.out
        answered = larry(name, "--help")
        assert answered.code == 0, name
        assert "--debug" in answered.out


def test_every_contract_command_that_exists_takes_json() -> None:
    with_data = ("new", "import", "export", "show", "validate", "scan", "device", "commission", "handover",
                 "verify", "release", "history", "doctor")  # fmt: skip
    for name in with_data:
        module = importlib.import_module(f"larry.cli.commands.{COMMANDS[name][0]}")
        assert any("--json" in parameter.opts for parameter in module.command.params), name


def test_version(larry) -> None:
    assert larry("--version").out == f"larry {__version__}\n"


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["show"], ["validate", "--no-such"], ["new", "x.larry"], ["validate", "a", "b"]],
)
def test_wrong_use_is_2_with_a_sentence(larry, arguments: list[str]) -> None:
    ran = larry(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "--help" in ran.err
    ran = larry(*arguments, "--json")
    assert ran.code == 2
    assert ran.json["error"]["what"]


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (InputError("The file is odd.", why="It is.", remedy="Mend it."), 2),
        (CloudRefusedError("Not released.", why="Nobody was invited.", remedy="Invite.", code="4201"), 1),
        (DeviceTimeoutError("No answer."), 3),
    ],
)
def test_known_errors_become_sentences(larry, probe, error: InputError, code: int) -> None:
    probe.act = fail_with(error)
    ran = larry("probe")
    assert ran.code == code
    assert ran.out == ""
    assert ran.err.strip() == str(error)
    ran = larry("probe", "--json")
    assert ran.code == code
    assert ran.json == {
        "error": {"what": error.what, "why": error.why, "remedy": error.remedy, "code": error.code or None}
    }


def test_an_unknown_error_is_our_bug_and_tells_no_secret(larry, probe) -> None:
    probe.act = fail_with(RuntimeError("activation code 4711-SECRET"))
    ran = larry("probe")
    assert ran.code == 2
    assert "This is our bug" in ran.err
    assert "RuntimeError" in ran.err
    assert "4711" not in ran.err


def test_debug_shows_the_traceback_with_secrets_taken_out(program, tmp_path: Path) -> None:
    script = (
        "import sys, larry.services.check_laptop as c\n"
        "def bad(): raise RuntimeError('password=hunter2 here')\n"
        "c.check_laptop = bad\n"
        "from larry.cli.main import main\n"
        "sys.exit(main(sys.argv[1:]))\n"
    )
    command = [sys.executable, "-c", script, "doctor", "--debug"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 2
    assert "Traceback" in done.stderr
    assert "hunter2" not in done.stderr
    quiet = subprocess.run(command[:-1], capture_output=True, text=True, timeout=60, check=False)
    assert "Traceback" not in quiet.stderr


def test_an_interrupt_is_130_and_says_what_is_kept(larry, probe) -> None:
    probe.act = fail_with(KeyboardInterrupt())
    ran = larry("probe")
    assert ran.code == main_module.INTERRUPTED
    assert "kept" in ran.err


def test_with_json_nothing_else_is_on_standard_output(larry, probe) -> None:
    def act(context: click.Context) -> None:
        say("Working …")
        answer({"name": "Zürich [bold]", "n": 1.5}, "for people")
        say("Done.")
        context.exit(1)

    probe.act = act
    ran = larry("probe", "--json")
    assert ran.code == 1
    assert ran.json == {"name": "Zürich [bold]", "n": 1.5}
    assert ran.err == "Working …\nDone.\n"
    ran = larry("probe")
    assert ran.out == "for people\n"


def test_an_error_after_the_answer_does_not_make_a_second_document(larry, probe) -> None:
    def act(_: click.Context) -> None:
        answer([1])
        raise DeviceTimeoutError("Too late.")

    probe.act = act
    ran = larry("probe", "--json")
    assert ran.code == 3
    assert ran.json == [1]


def test_names_cannot_steer_the_terminal(larry, probe) -> None:
    def act(_: click.Context) -> None:
        answer({}, "Room \x1b[31m101\x07 [red]x[/red] \u202egnp")
        say("\x1b]0;title\x07")

    probe.act = act
    ran = larry("probe")
    for sign in ("\x1b", "\x07", "\u202e"):
        assert sign not in ran.out + ran.err
    assert "[red]x[/red]" in ran.out


def test_no_colour_in_a_pipe(program) -> None:
    assert "\x1b" not in program("doctor").out


def test_a_closed_pipe_is_no_error(tmp_path: Path) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "wb") as broken:
        done = subprocess.run(
            [sys.executable, "-m", "larry", "doctor", "--json"],
            stdout=broken, stderr=subprocess.PIPE, timeout=60, check=False,
        )  # fmt: skip
    assert done.returncode == 0
    assert done.stderr == b""


def test_commands_are_imported_when_they_are_used(program) -> None:
    script = (
        "import sys; from larry.cli.main import main; main(['--help']); "
        "print(sorted(m for m in sys.modules if m.startswith(('bleak', 'bumble', 'PySide6', 'typst', 'ui', "
        "'larry.cli.commands.', 'larry.simulator', 'sqlite_utils'))))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_without_a_window_it_says_so_and_names_the_way(monkeypatch: pytest.MonkeyPatch, larry) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(
        "importlib.util.find_spec", lambda name, *rest: None if name == "PySide6" else find(name, *rest)
    )
    ran = larry()
    assert ran.code == 3
    assert "The window is not installed here." in ran.err


def test_alone_it_opens_the_window(monkeypatch: pytest.MonkeyPatch, larry) -> None:
    app = ModuleType("ui.app")
    app.main = lambda arguments: 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "ui.app", app)
    monkeypatch.setattr("importlib.util.find_spec", lambda name, *rest: object())
    assert larry().code == 0


@pytest.mark.parametrize(
    "text",
    [
        "password=hunter2",
        "activation_code: 'hunter2'",
        '"wifi_password": "hunter2"',
        "Authorization: Bearer hunter2",
        "token = hunter2",
        "{'passphrase': 'hunter2', 'x': 1}",
    ],
)
def test_secrets_are_taken_out_of_log_lines(text: str) -> None:
    assert "hunter2" not in redact(text)
    record = logging.LogRecord("larry", logging.INFO, "x.py", 1, "sent %s", (text,), None)
    assert "hunter2" not in RedactingFormatter().format(record)


def test_json_is_utf8_even_for_odd_file_names(larry, tmp_path: Path) -> None:
    odd = tmp_path / os.fsdecode(b"odd-\xff.larry")
    ran = larry("new", odd, "--name", "Zürich", "--json")
    assert ran.code == 0
    assert json.loads(ran.out)["name"] == "Zürich"
