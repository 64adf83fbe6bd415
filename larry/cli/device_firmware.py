"""`larry device TARGET firmware IMAGE`: send, test, restart, confirm, with progress."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from larry.cli.activation_code import activation_code_of
from larry.cli.device_measurements import Told
from larry.cli.output import say
from larry.devices.device_link import DeviceLink
from larry.devices.protocol.firmware_image import LARGEST_BYTES, FirmwareImage, read_firmware_image
from larry.devices.service import DeviceService
from larry.errors import FileUnreachableError, InputError
from larry.services.project import Project
from larry.services.update_firmware import FirmwareUpdate, UpdateProgress, UpdateResult

_LINE_EVERY_S = 1.0
_WORDS = {
    "link-lost": "The device is not reached; trying again. Nothing is lost.",
    "press-reset": "Hold reset 2 s until green flashes: the device takes firmware only then.",
    "restarting": "Sent. The device restarts and tries the new firmware …",
    "confirming": "It came back; confirming the new firmware …",
}
_OUTCOMES = {
    "updated": "Updated from {before} to {after}.",
    "already-runs": "This image runs already ({after}).",
    "rolled-back": "The new firmware did not start; the device went back to {after}.",
}


async def update_firmware(
    devices: DeviceService,
    target: str,
    timeout_s: float,
    values: Sequence[str],
    project: Project | None,
    allow_older: bool,
) -> Told:
    """Update one device; the answer is "no" when it went back to its old firmware."""
    if len(values) != 1:
        raise InputError("Which image?", remedy="Give the path of one .bin file.")
    image = read_image_file(Path(values[0]))
    code: list[str] = []  # asked once, used again after each lost link

    async def open_link() -> DeviceLink:
        link = await devices.open(target, timeout_s)
        try:
            if link.transport == "ble" and "group65" in link.opening_info.speaks:
                if not code:
                    code.append(activation_code_of(link.opening_info, project))
                await link.unlock(code[0])
        except BaseException:
            await link.close()
            raise
        return link

    printer = ProgressLines()
    say(f"{Path(values[0]).name}: version {image.version}, {len(image.data) // 1024} KiB.")
    update = FirmwareUpdate(open_link, image, allow_older=allow_older, on_progress=printer.show)
    result = await update.run()
    return Told(asdict(result), _text(result), result.outcome != "rolled-back")


def read_image_file(path: Path) -> FirmwareImage:
    """Read and check an image.

    Raises:
        FileUnreachableError: it cannot be read.
        InputError: it is none.
    """
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST_BYTES + 1)
    except OSError as error:
        raise FileUnreachableError(f"{path.name} cannot be read.", why=f"{error.strerror}.") from error
    return read_firmware_image(data, path.name)


class ProgressLines:
    """A line for each new stage, and one a second while bytes flow."""

    def __init__(self) -> None:
        self._stage = ""
        self._said_at_s = 0.0

    def show(self, progress: UpdateProgress) -> None:
        """Say it when it is new."""
        now_s = time.monotonic()
        whole = progress.sent_bytes >= progress.size_bytes
        is_new = progress.stage != self._stage or (progress.stage == "sending" and whole)
        if not is_new and (progress.stage != "sending" or now_s - self._said_at_s < _LINE_EVERY_S):
            return
        self._stage, self._said_at_s = progress.stage, now_s
        say(_WORDS.get(progress.stage) or _sending(progress))


def _sending(progress: UpdateProgress) -> str:
    percent = 100 * progress.sent_bytes // max(1, progress.size_bytes)
    text = f"Sending {percent:>3} %"
    if progress.rate_bytes_s is None or progress.left_s is None:
        return text
    return f"{text}, {progress.rate_bytes_s / 1024:.0f} KiB/s, {progress.left_s:.0f} s left"


def _text(result: UpdateResult) -> str:
    return _OUTCOMES[result.outcome].format(before=result.before, after=result.after)
