"""Turns what opening and using a port raises into what a person can act on; the only place that does."""

from __future__ import annotations

import errno

from larry.errors import DeviceUnavailableError


def translate_serial_error(error: BaseException, port: str) -> DeviceUnavailableError:
    """Return the error for a port.

    Args:
        error: what the serial library raised.
        port: path or URL.
    """
    if _is_no_port(error):
        return DeviceUnavailableError(
            f"{port} is not a serial port.",
            reason="port-gone",
            why="It is a file, a folder or an address of a kind that Larry does not know.",
            remedy="Name a port, such as /dev/ttyUSB0 or COM3, or an address such as socket://host:port.",
        )
    if _is_permission(error):
        return DeviceUnavailableError(
            f"Larry may not open the port {port}.",
            reason="no-permission",
            why="This user has no right to use serial ports.",
            remedy="On Linux let an administrator add the user to the group “dialout”, then sign in again.",
        )
    if _is_busy(error):
        return DeviceUnavailableError(
            f"The port {port} is busy.",
            reason="port-busy",
            why="Another program has opened it.",
            remedy="Close the other program (a terminal, another Larry) and try again.",
        )
    return DeviceUnavailableError(
        f"The port {port} is gone.",
        reason="port-gone",
        why="The cable was unplugged, the device is switched off, or nothing listens there.",
        remedy="Plug the cable in, check the device's power, and try again.",
    )


def _number(error: BaseException) -> int | None:
    """Return the errno, also where a library wrapped it."""
    while error is not None:
        number = getattr(error, "errno", None)
        if isinstance(number, int):
            return number
        cause = error.__cause__ or error.__context__
        if cause is None:
            return None
        error = cause
    return None


def _is_no_port(error: BaseException) -> bool:
    return _number(error) in (errno.ENOTTY, errno.EISDIR) or type(error).__name__ == "UnknownUriScheme"


def _is_permission(error: BaseException) -> bool:
    # Windows says "access denied" for a port that someone else has open
    if isinstance(error, PermissionError) and getattr(error, "winerror", None) is not None:
        return False
    return isinstance(error, PermissionError) or _number(error) in (errno.EPERM, errno.EACCES)


def _is_busy(error: BaseException) -> bool:
    if isinstance(error, BlockingIOError | PermissionError):
        return True
    words = str(error).lower()
    return _number(error) in (errno.EBUSY, errno.EAGAIN) or "lock" in words or "busy" in words
