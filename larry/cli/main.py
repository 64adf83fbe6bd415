"""The command `larry`: one lazy group, and the one place where errors become sentences and exit codes.

Exit codes (contract.md): 0 fine, 1 the answer is "no", 2 wrong use or unreadable input, 3 something could
not be reached; 130 when the user interrupted, as shells have it.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
import traceback
from collections.abc import Callable, Sequence

import click

from larry import __version__
from larry.cli.command_table import COMMANDS
from larry.cli.log_setup import redact
from larry.cli.options import debug_option
from larry.cli.output import say, say_error
from larry.cli.run_state import RunState
from larry.errors import InputError, LarryError

INTERRUPTED = 130


class LazyGroup(click.Group):
    """A group that knows its commands by name and imports one when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"larry.cli.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = module.command
        if not any(parameter.name == "debug" for parameter in command.params):
            command.params.append(debug_option())
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in COMMANDS.items()])


@click.group(
    name="larry",
    cls=LazyGroup,
    invoke_without_command=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
@click.version_option(__version__, message="larry %(version)s")
@click.pass_context
def larry(context: click.Context) -> None:
    """Plan, commission and hand over a site of wireless locks. Without a command, the window opens."""
    if context.invoked_subcommand is None:
        from larry.cli.window import open_window

        context.exit(open_window([]))


larry.params.append(debug_option())


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit code; no traceback reaches the user without --debug."""
    state = RunState()
    code = _guarded(lambda: _run(arguments, state), state)
    return _flushed(code)


def _run(arguments: Sequence[str] | None, state: RunState) -> int:
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Wrong use is found before options are read, and must be answered in JSON too.
    state.json = "--json" in given
    result = larry.main(given, prog_name="larry", standalone_mode=False, obj=state)
    return result if isinstance(result, int) else 0


def _guarded(run: Callable[[], int], state: RunState) -> int:
    try:
        return run()
    except click.exceptions.Exit as stop:
        return stop.exit_code
    except (KeyboardInterrupt, click.Abort):
        say("Interrupted. What was finished before is kept.")
        return INTERRUPTED
    except BrokenPipeError:
        return 0
    except LarryError as error:
        return _told(error, state)
    except click.ClickException as error:
        return _told(_usage(error), state)
    except Exception as error:  # the last line of defence: a sentence, whatever it is
        return _told(_bug(error), state)


def _told(error: LarryError, state: RunState) -> int:
    if state.debug:
        say(redact(traceback.format_exc().rstrip()))
    with click.Context(larry, obj=state):
        say_error(error)
    return error.exit_code


def _usage(error: click.ClickException) -> LarryError:
    context = getattr(error, "ctx", None)
    remedy = f"See {context.command_path} --help." if context else ""
    message = error.format_message()
    if isinstance(error, click.FileError):
        return InputError(message, remedy=remedy)
    return InputError(message if message.endswith((".", "?", "!")) else f"{message}.", remedy=remedy)


def _bug(error: Exception) -> LarryError:
    # Only type and place: the message of an unknown exception may carry a secret.
    place = ""
    frames = traceback.extract_tb(error.__traceback__)
    own = [frame for frame in frames if f"{os.sep}larry{os.sep}" in frame.filename]
    if own:
        name = own[-1].filename.rpartition(f"{os.sep}larry{os.sep}")[2].replace(os.sep, "/")
        place = f" at larry/{name}:{own[-1].lineno}"
    return InputError(
        "This is our bug: Larry stopped in a way it should not.",
        why=f"{type(error).__name__}{place}.",
        remedy="The project file is as after the last finished step. --debug shows more.",
    )


def _flushed(code: int) -> int:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except BrokenPipeError:
            # Python flushes once more at exit and would complain; give it somewhere to write.
            with contextlib.suppress(OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
    return code


if __name__ == "__main__":
    sys.exit(main())
