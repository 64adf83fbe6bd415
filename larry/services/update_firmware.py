"""Update the firmware of one device: send, test, restart, confirm; what is not confirmed goes back.

Everything that matters is asked from the device itself, so an update that was broken off, by a lost link or
by the end of the program, goes on where it stopped when it is started again with the same image. The new
image is confirmed only after the device came back with it: until then its boot loader returns to the old one.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol, TypeVar

from larry.devices.protocol.firmware_image import FirmwareImage, FirmwareVersion
from larry.errors import (
    DeviceDisconnectedError,
    DeviceError,
    DeviceNotFoundError,
    DeviceProtocolError,
    DeviceRefusedError,
    DeviceTimeoutError,
    DeviceUnavailableError,
    InputError,
)
from larry.services.transfer_rate import TransferRate

_T = TypeVar("_T")
Stage = Literal["sending", "link-lost", "press-reset", "restarting", "confirming"]
Outcome = Literal["updated", "already-runs", "rolled-back"]
_ABSENT = (DeviceDisconnectedError, DeviceNotFoundError, DeviceTimeoutError, DeviceProtocolError)
_NOT_ADMITTED = ("window-closed", "smp-eaccessdenied")


class ReportedImage(Protocol):
    """A firmware image in a device (`larry.devices.device_data.StoredImage`)."""

    @property
    def version(self) -> str: ...
    @property
    def image_hash(self) -> bytes: ...
    @property
    def active(self) -> bool: ...
    @property
    def pending(self) -> bool: ...
    @property
    def confirmed(self) -> bool: ...


class UpdateLink(Protocol):
    """What an update needs of a link (`larry.devices.device_link.DeviceLink`)."""

    async def images(self) -> Sequence[ReportedImage]: ...
    async def upload_image(self, image: FirmwareImage, *, on_offset: Callable[[int], None]) -> None: ...
    async def test_image(self, image_hash: bytes) -> None: ...
    async def confirm_image(self) -> None: ...
    async def reboot(self) -> None: ...
    async def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class UpdateProgress:
    """Where an update stands.

    Attributes:
        stage: what happens; `link-lost` and `press-reset` wait for somebody.
        sent_bytes: how much the device has.
        rate_bytes_s, left_s: of the last seconds; None while nothing can be said.
    """

    stage: Stage
    sent_bytes: int
    size_bytes: int
    rate_bytes_s: float | None = None
    left_s: float | None = None


@dataclass(frozen=True, slots=True)
class UpdateResult:
    """How an update ended: the versions that ran before and run now."""

    outcome: Outcome
    before: str
    after: str


class FirmwareUpdate:
    """One update of one device.

    Args:
        open_link: opens a link that may change firmware (unlocked where the device asks for it); called
            again after each loss.
        image: checked before (`read_firmware_image`).
        allow_older: also send an image that is older than the one that runs.
        on_progress: told each step.
        patience_s: how long the device may be away or closed without anything going on.
        retry_s: pause between attempts to reach it.
    """

    def __init__(
        self,
        open_link: Callable[[], Awaitable[UpdateLink]],
        image: FirmwareImage,
        *,
        allow_older: bool = False,
        on_progress: Callable[[UpdateProgress], None] = lambda progress: None,
        patience_s: float = 180.0,
        retry_s: float = 0.5,
    ) -> None:
        self._open_link = open_link
        self._image = image
        self._allow_older = allow_older
        self._on_progress = on_progress
        self._patience_s = patience_s
        self._retry_s = retry_s
        self._rate = TransferRate(len(image.data))
        self._moved_at_s = time.monotonic()
        self._sent_bytes = 0

    async def run(self) -> UpdateResult:
        """Carry it out, or go on with it.

        Raises:
            InputError: the image is older than what runs.
            DeviceRefusedError: the device does not take it.
            DeviceError: the device stayed away; it goes back to its old firmware unless it was confirmed.
        """
        images = await self._talk(lambda link: link.images())
        before = _active(images)
        if not self._runs(images):
            self._check_age(before)
            if not any(self._is(image) for image in images):
                await self._talk(self._upload)
            await self._talk(self._restart)
            if not await self._talk(self._decided):
                return UpdateResult("rolled-back", before, before)
        elif any(image.active and image.confirmed for image in images):
            return UpdateResult("already-runs", before, before)
        return await self._confirmed(before)

    async def _confirmed(self, before: str) -> UpdateResult:
        """Confirm what runs, and look whether it is kept."""
        self._tell("confirming")
        images = await self._talk(self._confirm)
        if not self._runs(images):
            return UpdateResult("rolled-back", before, _active(images))
        return UpdateResult("updated", before, _active(images))

    async def _upload(self, link: UpdateLink) -> None:
        await link.upload_image(self._image, on_offset=self._sent)

    async def _restart(self, link: UpdateLink) -> None:
        """Mark the image for one start, and restart."""
        if self._runs(await link.images()):
            return  # it has restarted already, only the answer was lost
        await link.test_image(self._image.image_hash)
        self._tell("restarting")
        await link.reboot()

    async def _decided(self, link: UpdateLink) -> bool:
        """Return whether the new image runs; False when the boot loader went back."""
        images = await link.images()
        if self._runs(images):
            return True
        if any(self._is(image) and image.pending for image in images):
            raise DeviceTimeoutError("The device has not restarted yet.", remedy="Power it off and on.")
        return False

    async def _confirm(self, link: UpdateLink) -> Sequence[ReportedImage]:
        if self._runs(await link.images()):
            await link.confirm_image()
        return await link.images()

    # --- one conversation, however often the link goes ------------------------------------

    async def _talk(self, conversation: Callable[[UpdateLink], Awaitable[_T]]) -> _T:
        """Converse; repeat after a lost link or a closed window until patience ends."""
        self._moved_at_s = time.monotonic()
        while True:
            try:
                link = await self._open_link()
                try:
                    return await conversation(link)
                finally:
                    await link.close()
            except _ABSENT as error:
                self._wait_or_raise("link-lost", error)
            except DeviceUnavailableError as error:
                self._wait_or_raise("link-lost", error)
            except DeviceRefusedError as error:
                if error.code not in _NOT_ADMITTED:
                    raise
                self._wait_or_raise("press-reset", error)
            await asyncio.sleep(self._retry_s)

    def _wait_or_raise(self, stage: Stage, error: DeviceError | DeviceRefusedError) -> None:
        if time.monotonic() - self._moved_at_s > self._patience_s:
            raise error
        self._tell(stage)

    # --- telling ----------------------------------------------------------------------------

    def _sent(self, offset: int) -> None:
        if offset > self._sent_bytes:
            self._moved_at_s = time.monotonic()
        self._sent_bytes = offset
        self._rate.add(time.monotonic(), offset)
        self._tell("sending")

    def _tell(self, stage: Stage) -> None:
        rate, left_s = (self._rate.bytes_per_s, self._rate.left_s) if stage == "sending" else (None, None)
        size = len(self._image.data)
        self._on_progress(UpdateProgress(stage, self._sent_bytes, size, rate, left_s))

    # --- comparing ----------------------------------------------------------------------------

    def _is(self, image: ReportedImage) -> bool:
        if image.image_hash:
            return image.image_hash == self._image.image_hash
        return FirmwareVersion.parse(image.version) == self._image.version

    def _runs(self, images: Sequence[ReportedImage]) -> bool:
        return any(image.active and self._is(image) for image in images)

    def _check_age(self, running: str) -> None:
        version = FirmwareVersion.parse(running)
        if version is not None and self._image.version < version and not self._allow_older:
            raise InputError(
                f"The image {self._image.version} is older than the firmware that runs.",
                why=f"The device runs {running}.",
                remedy="Take a newer image, or allow an older one explicitly.",
            )


def _active(images: Sequence[ReportedImage]) -> str:
    return next((image.version for image in images if image.active), "")
