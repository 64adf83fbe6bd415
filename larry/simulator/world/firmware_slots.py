"""The two firmware slots of a device and what its boot loader does with them, as MCUboot does.

An image uploaded to the second slot is *tested* at the next start: the slots swap once. Unless the new image
is confirmed, the start after that swaps back.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace

from larry.devices.protocol.firmware_image import FirmwareImage, FirmwareVersion, read_firmware_image
from larry.errors import InputError
from larry.simulator.world.refusal import RefusalError

SLOT_BYTES = 1024 * 1024


@dataclass(frozen=True, slots=True)
class SlotImage:
    """What lies in a slot.

    Attributes:
        version: as devices write it.
        image_hash: what names it.
        pending: it will be started next time.
        permanent: and stay without being confirmed.
        confirmed: the boot loader keeps it.
    """

    version: str
    image_hash: bytes
    pending: bool = False
    permanent: bool = False
    confirmed: bool = False


class FirmwareSlots:
    """Running image, second slot, and an upload that is under way.

    Attributes:
        running: slot 0.
        second: slot 1, None while it is empty.
        does_not_start: fault: a new image crashes at its start, so the boot loader swaps back at once.
    """

    def __init__(self, version: str, device_id: str) -> None:
        factory = hashlib.sha256(f"{version} {device_id}".encode()).digest()
        self.running = SlotImage(version, factory, confirmed=True)
        self.second: SlotImage | None = None
        self.does_not_start = False
        self._data = bytearray()
        self._length = 0
        self._sha: bytes | None = None

    # --- upload -------------------------------------------------------------------------

    def begin(self, data: bytes, length: int, sha: bytes | None, upgrade_only: bool) -> int:
        """Start an upload, or go on with the one of the same hash. Returns the offset wanted next."""
        if sha is not None and sha == self._sha and length == self._length and self._data:
            return len(self._data)
        if not self.running.confirmed or (self.second is not None and self.second.pending):
            raise RefusalError("image-pending", "The second slot is in use until the next start.")
        if length > SLOT_BYTES:
            raise RefusalError("image-too-large", f"{length} bytes do not fit the slot.")
        if not data.startswith(b"\x3d\xb8\xf3\x96"):
            raise RefusalError("image-header", "This is no image.")
        if upgrade_only and self._is_older(data):
            raise RefusalError("image-older", "A newer image runs already.")
        self.second = None
        self._data, self._length, self._sha = bytearray(), length, sha
        return self.go_on(0, data)

    def go_on(self, offset: int, data: bytes) -> int:
        """Take a part; one at another offset than wanted is left out. Returns the offset wanted next."""
        if not self._length:
            raise RefusalError("no-upload", "No upload was begun.")
        if offset == len(self._data):
            if offset + len(data) > self._length:
                raise RefusalError("image-overrun", "More bytes than announced.")
            self._data += data
        return len(self._data)

    @property
    def complete(self) -> bool:
        """True when the last byte has come."""
        return self._length > 0 and len(self._data) == self._length

    def finish(self) -> bool:
        """Close a complete upload; return whether it is what was announced."""
        data, sha = bytes(self._data), self._sha
        self._data, self._length, self._sha = bytearray(), 0, None
        if sha is not None and hashlib.sha256(data).digest() != sha:
            return False
        try:
            image = read_firmware_image(data)
        except InputError:
            return False
        self.second = SlotImage(str(image.version), image.image_hash)
        return True

    def _is_older(self, data: bytes) -> bool:
        running = FirmwareVersion.parse(self.running.version)
        new = FirmwareVersion(data[20], data[21], int.from_bytes(data[22:24], "little"))
        return running is not None and len(data) >= 28 and new <= running

    # --- states -------------------------------------------------------------------------

    def test(self, image_hash: bytes, *, permanent: bool) -> None:
        """Mark an image for the next start."""
        if image_hash == self.running.image_hash:
            if permanent:
                self.confirm()
            return
        if self.second is None or self.second.image_hash != image_hash:
            raise RefusalError("no-image", "No slot holds this image.")
        if not self.running.confirmed:
            raise RefusalError("image-pending", "The running image is not confirmed yet.")
        self.second = replace(self.second, pending=True, permanent=permanent)

    def confirm(self) -> None:
        """Keep the running image."""
        self.running = replace(self.running, confirmed=True)

    def erase(self) -> None:
        """Empty the second slot and forget an upload."""
        if self.second is not None and (self.second.pending or not self.running.confirmed):
            raise RefusalError("image-pending", "The second slot is needed for the next start.")
        self.second = None
        self._data, self._length, self._sha = bytearray(), 0, None

    def started(self) -> str:
        """The device starts: swap, or swap back. Returns `test`, `back` or "" when nothing changes."""
        self._data, self._length, self._sha = bytearray(), 0, None
        second = self.second
        if second is not None and second.pending:
            if self.does_not_start:
                self.second = replace(second, pending=False, permanent=False)
                return "back"
            self.second = replace(self.running, confirmed=True)
            self.running = replace(second, pending=False, permanent=False, confirmed=second.permanent)
            return "test"
        if not self.running.confirmed and second is not None:
            self.running, self.second = second, replace(self.running, confirmed=False)
            return "back"
        return ""


def preload(slots: FirmwareSlots, image: FirmwareImage) -> None:
    """Put an image into the second slot as if it had been uploaded (scenarios and tests)."""
    slots.second = SlotImage(str(image.version), image.image_hash)
