"""What a command of the SMP server is: its key, its message class, who may call it, what it does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

from smp import message

from larry.simulator.firmware.client_channel import ClientChannel


class SmpRefusalError(Exception):
    """The device says no.

    Args:
        rc: code within the group, or a general MCUmgr code when `group` is None.
        group: the group whose code it is; None for codes that hold for all groups.
    """

    def __init__(self, rc: int, group: int | None = None) -> None:
        super().__init__(f"rc {rc}, group {group}")
        self.rc = rc
        self.group = group


class Access(Enum):
    """Who may call a command."""

    OPEN = "open"
    """Anybody in reach."""
    PRESENT = "present"
    """Who stands in front of it: sealed, by cable, or while the button has opened the window."""
    SEALED = "sealed"
    """Only inside the session by activation code."""


Payload = dict[str, Any]


@dataclass(frozen=True, slots=True)
class SmpCommand:
    """One command. `run` gets the parsed request and answers with the payload of the response."""

    request: type[message.Request]
    access: Access
    run: Callable[[Any, ClientChannel], Payload]

    @property
    def key(self) -> tuple[int, int, int]:
        """Operation, group, command number."""
        return command_key(self.request)


def command_key(request: type[message.Request]) -> tuple[int, int, int]:
    """Return what a header must carry to mean this request."""
    op, group, command = (int(getattr(request, name)) for name in ("_OP", "_GROUP_ID", "_COMMAND_ID"))
    return op, group, command
