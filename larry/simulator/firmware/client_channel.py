"""One client of a device: a Bluetooth connection or the cable, with the session that lives on it."""

from __future__ import annotations

from larry.devices.protocol.secure_session import Responder, SealedChannel


class ClientChannel:
    """State that ends with the connection.

    Attributes:
        via: `ble` or `serial`.
        responder: an attempt with the activation code that is under way.
        seal: the session; None before and after.
        sealed_now: the command that runs came through the session.
    """

    def __init__(self, via: str) -> None:
        self.via = via
        self.responder: Responder | None = None
        self.seal: SealedChannel | None = None
        self.sealed_now = False

    def forget(self) -> bool:
        """End everything; return whether a session was open."""
        was_open = self.seal is not None
        self.responder = self.seal = None
        return was_open
