"""SMP group 1: upload to the second slot, states, test, confirm, erase."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from smp import image_management as image
from smp.error import MGMT_ERR

from larry.simulator.firmware.client_channel import ClientChannel
from larry.simulator.firmware.smp_command import Access, Payload, SmpCommand, SmpRefusalError
from larry.simulator.world.device import SimulatedDevice
from larry.simulator.world.firmware_slots import SlotImage
from larry.simulator.world.refusal import RefusalError

_GROUP = 1
_CODES = {
    "image-too-large": image.IMG_MGMT_ERR.INVALID_IMAGE_TOO_LARGE,
    "image-header": image.IMG_MGMT_ERR.INVALID_IMAGE_HEADER_MAGIC,
    "image-older": image.IMG_MGMT_ERR.CURRENT_VERSION_IS_NEWER,
    "image-overrun": image.IMG_MGMT_ERR.INVALID_IMAGE_DATA_OVERRUN,
    "image-pending": image.IMG_MGMT_ERR.IMAGE_ALREADY_PENDING,
    "no-image": image.IMG_MGMT_ERR.HASH_NOT_FOUND,
    "no-upload": image.IMG_MGMT_ERR.INVALID_OFFSET,
}


class ImageCommands:
    """The image group of one device; everybody may read, the rest needs presence."""

    def __init__(self, device: SimulatedDevice) -> None:
        self._device = device
        self._slots = device.slots

    def commands(self) -> list[SmpCommand]:
        """Return the table."""
        return [
            SmpCommand(image.ImageStatesReadRequest, Access.OPEN, self._states),
            SmpCommand(image.ImageStatesWriteRequest, Access.PRESENT, self._set_state),
            SmpCommand(image.ImageUploadWriteRequest, Access.PRESENT, self._upload),
            SmpCommand(image.ImageEraseRequest, Access.PRESENT, self._erase),
        ]

    def _states(self, request: object, channel: ClientChannel) -> Payload:
        del request, channel
        states = [_state(0, self._slots.running, active=True)]
        if self._slots.second is not None:
            states.append(_state(1, self._slots.second, active=False))
        return {"images": states}

    def _set_state(self, request: image.ImageStatesWriteRequest, channel: ClientChannel) -> Payload:
        with _refusals():
            if request.hash is None:
                if not request.confirm:
                    raise SmpRefusalError(MGMT_ERR.EINVAL)
                self._slots.confirm()
            else:
                self._slots.test(bytes(request.hash), permanent=request.confirm)
        word = "confirm" if request.confirm else "test"
        self._device.log("larry", f"image-{word}", f"Larry to {self._device.name}: {word} the image")
        return self._states(request, channel)

    def _upload(self, request: image.ImageUploadWriteRequest, channel: ClientChannel) -> Payload:
        del channel
        if request.image:
            raise SmpRefusalError(image.IMG_MGMT_ERR.INVALID_SLOT, _GROUP)
        with _refusals():
            if request.off == 0:
                if not request.len:
                    raise SmpRefusalError(image.IMG_MGMT_ERR.INVALID_LENGTH, _GROUP)
                sha = bytes(request.sha) if request.sha is not None else None
                wanted = self._slots.begin(request.data, request.len, sha, bool(request.upgrade))
            else:
                wanted = self._slots.go_on(request.off, request.data)
        if not self._slots.complete:
            return {"off": wanted}
        match = self._slots.finish()
        words = "image received" if match else "a damaged image was thrown away"
        self._device.log("device", "image", f"{self._device.name}: {words}")
        return {"off": wanted, "match": match}

    def _erase(self, request: image.ImageEraseRequest, channel: ClientChannel) -> Payload:
        del channel
        if request.slot not in (None, 1):
            raise SmpRefusalError(image.IMG_MGMT_ERR.INVALID_SLOT, _GROUP)
        with _refusals():
            self._slots.erase()
        return {}


def _state(slot: int, content: SlotImage, *, active: bool) -> Payload:
    flags = {
        "bootable": True,
        "pending": content.pending,
        "confirmed": content.confirmed,
        "active": active,
        "permanent": content.permanent,
    }
    told = {name: True for name, on in flags.items() if on}
    return {"slot": slot, "version": content.version, "hash": content.image_hash, **told}


@contextmanager
def _refusals() -> Iterator[None]:
    try:
        yield
    except RefusalError as refusal:
        raise SmpRefusalError(_CODES[refusal.code], _GROUP) from refusal
