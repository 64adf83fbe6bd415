"""Every error a user can meet, in families.

An error says what happened, why, and what to do next; the command line turns
its family into the exit code of the contract (1 no, 2 wrong input, 3 unreachable).
Nothing secret may be put into any of the three texts.
"""

from __future__ import annotations


class LarryError(Exception):
    """Base of all errors that are meant for a person.

    Args:
        what: one sentence, what happened, naming the room, file or device.
        why: one sentence, the cause, or "".
        remedy: the next step, or "".
        code: a published code (cloud, SMP, Improv) shown last, or "".
    """

    exit_code = 2

    def __init__(self, what: str, *, why: str = "", remedy: str = "", code: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.why = why
        self.remedy = remedy
        self.code = code

    def __str__(self) -> str:
        return " ".join(part for part in (self.what, self.why, self.remedy, self.code) if part)


class InputError(LarryError):
    """The input cannot be used: wrong option, unreadable or contradictory file."""


class AnswerIsNoError(LarryError):
    """The work was done and the answer is no: findings, a pack that does not verify, a refusal."""

    exit_code = 1


class UnreachableError(LarryError):
    """A device, a file or the cloud could not be reached."""

    exit_code = 3


# --- project file -------------------------------------------------------------------


class ProjectFileError(LarryError):
    """The project file cannot be used."""


class ForeignFileError(ProjectFileError):
    """The file is not a Larry project."""


class NewerFileError(ProjectFileError):
    """The file was written by a newer Larry."""


class DamagedFileError(ProjectFileError):
    """The file is a Larry project, but parts of it do not check."""


class FileUnreachableError(ProjectFileError, UnreachableError):
    """The file is missing, locked by another program, on a full or read-only medium."""

    exit_code = 3


class ReadOnlySiteError(ProjectFileError):
    """The site was released to its owner: the installer may read it, not change it."""

    exit_code = 1


class SecretsLockedError(ProjectFileError):
    """A secret is needed and neither the keyring nor a passphrase opened the store."""


# --- devices ------------------------------------------------------------------------


class DeviceError(UnreachableError):
    """A device or the way to it does not work."""


class DeviceUnavailableError(DeviceError):
    """There is no way to any device: no radio, radio off, no permission, port busy or gone."""

    def __init__(self, what: str, *, reason: str, why: str = "", remedy: str = "") -> None:
        super().__init__(what, why=why, remedy=remedy)
        self.reason = reason


class DeviceNotFoundError(DeviceError):
    """The device was not heard in time."""


class DeviceDisconnectedError(DeviceError):
    """The link was lost while it was in use."""


class DeviceTimeoutError(DeviceError):
    """The device did not answer in time."""


class DeviceProtocolError(DeviceError):
    """The device answered bytes that are not of the protocol."""


class DeviceUnsupportedError(DeviceError):
    """The device does not offer what was asked."""


class DeviceRefusedError(AnswerIsNoError):
    """The device understood and said no. `code` is the protocol's own name for it."""


# --- cloud --------------------------------------------------------------------------


class CloudError(LarryError):
    """Base of what the cloud can do to us."""


class CloudUnreachableError(CloudError, UnreachableError):
    """No connection, no answer in time, or an answer that is not the cloud's."""

    exit_code = 3


class CloudRefusedError(CloudError, AnswerIsNoError):
    """The cloud answered with one of its error codes."""

    exit_code = 1
