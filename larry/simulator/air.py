"""The virtual air: who hears whom, how strongly, with what noise, loss and speed.

bumble's link hands every packet to every controller at once. Real air does not; each difference that a
test or a person could notice is put right here or in `radio_controller.py`.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Callable

from bumble import controller, core, hci, ll
from bumble.link import LocalLink

from larry.simulator.radio_controller import RadioController

Field = Callable[[RadioController, RadioController], float | None]
"""Answers the mean level in dBm at the first radio when the second sends; None = out of range."""


def everybody_near(receiver: RadioController, sender: RadioController) -> float | None:
    """A field for tests: everything arrives with −50 dBm."""
    del receiver, sender
    return -50.0


class Air(LocalLink):
    """The radio space of one practice site.

    Args:
        field: mean level between two radios.
        seed: of noise and loss.

    Attributes:
        noise_db: standard deviation added to each reading.
        loss: share of advertisements a receiver misses, 0 to 1.
        bytes_per_s: speed of a connection; None = as fast as the computer.
        latency_s: added to each packet of a connection; order is kept.
    """

    def __init__(self, field: Field = everybody_near, seed: int = 0) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # bumble is half typed
        self.field = field
        self.noise_db = 0.0
        self.loss = 0.0
        self.bytes_per_s: float | None = None
        self.latency_s = 0.0
        self._seed = seed
        self._chances: dict[tuple[str, str], random.Random] = {}
        self._busy_until_s: dict[tuple[int, int], float] = {}

    def rssi_dbm(self, receiver: RadioController, sender: RadioController) -> int | None:
        """Return one reading: level plus noise, or None when out of range or lost."""
        level = self.field(receiver, sender)
        chance = self.chance(receiver.name, sender.name)
        if level is None or (self.loss and chance.random() < self.loss):
            return None
        if self.noise_db:
            level += chance.gauss(0.0, self.noise_db)
        return max(-127, min(20, round(level)))

    def chance(self, receiver: str, sender: str) -> random.Random:
        """Return the source of chance of one pair: its own, so that others do not shift its sequence."""
        pair = (receiver, sender)
        if pair not in self._chances:
            text = f"{self._seed}/{receiver}/{sender}"
            self._chances[pair] = random.Random(text)  # noqa: S311 - repeatable on purpose
        return self._chances[pair]

    def radios(self) -> list[RadioController]:
        """Return all radios."""
        return [radio for radio in self.controllers if isinstance(radio, RadioController)]

    # --- what LocalLink does wrongly ------------------------------------------------------------

    def send_advertising_pdu(
        self, sender_controller: controller.Controller, packet: ll.AdvertisingPdu
    ) -> None:
        """Hand an advertisement to those that listen, with its level; a connect request to its addressee."""
        if not isinstance(sender_controller, RadioController):
            return
        loop = asyncio.get_running_loop()
        for radio in self.radios():
            if radio is sender_controller:
                continue
            if isinstance(packet, ll.ConnectInd):
                loop.call_soon(radio.on_ll_advertising_pdu, packet)
            elif isinstance(packet, ll.AdvInd) and radio.listening:
                rssi_dbm = self.rssi_dbm(radio, sender_controller)
                if rssi_dbm is not None:
                    loop.call_soon(radio.hear, packet, rssi_dbm, sender_controller)

    def send_acl_data(
        self,
        sender_controller: controller.Controller,
        destination_address: hci.Address,
        transport: core.PhysicalTransport,
        data: bytes,
    ) -> None:
        """Carry data of a connection to its other end, as fast as the air is.

        LocalLink names the sender by its address of this moment; a host that changes its address (BlueZ does)
        would not be recognised. The address of the connection is what counts.
        """
        destination = self.find_le_controller(destination_address)
        link = sender_controller.le_connections.get(destination_address)
        if destination is None or link is None:
            return
        loop = asyncio.get_running_loop()
        own_address = link.self_address
        delay_s = self._delay_s(sender_controller, destination, len(data), loop.time())
        if delay_s <= 0:
            loop.call_soon(_deliver, destination, own_address, transport, data)
        else:
            loop.call_later(delay_s, _deliver, destination, own_address, transport, data)

    def _delay_s(
        self, sender: controller.Controller, destination: controller.Controller, size: int, now_s: float
    ) -> float:
        if self.bytes_per_s is None and not self.latency_s:
            return 0.0
        key = (id(sender), id(destination))
        air_time_s = size / self.bytes_per_s if self.bytes_per_s else 0.0
        done_s = max(now_s, self._busy_until_s.get(key, 0.0)) + air_time_s
        self._busy_until_s[key] = done_s
        return done_s + self.latency_s - now_s

    def send_ll_control_pdu(
        self, sender_address: hci.Address, receiver_address: hci.Address, packet: ll.ControlPdu
    ) -> None:
        """Carry a control packet; one for a radio that has gone is lost, as in air."""
        receiver = self.find_le_controller(receiver_address)
        if receiver is not None:
            asyncio.get_running_loop().call_soon(_control, receiver, sender_address, packet)

    def remove_controller(self, controller: controller.Controller) -> None:
        """Take a radio away: its connections break."""
        self.lose_links(controller)
        self.controllers.discard(controller)
        self._chances = {
            pair: chance for pair, chance in self._chances.items() if controller.name not in pair
        }
        self._busy_until_s = {
            pair: until for pair, until in self._busy_until_s.items() if id(controller) not in pair
        }

    def lose_links(self, radio: controller.Controller) -> int:
        """Break all connections of a radio at both ends (0x08, supervision timeout). Returns how many."""
        links = list(radio.le_connections.values())
        for link in links:
            other = self.find_le_controller(link.peer_address)
            radio.on_le_disconnected(link, hci.HCI_CONNECTION_TIMEOUT_ERROR)
            back = other.le_connections.get(link.self_address) if other is not None else None
            if other is not None and back is not None:
                other.on_le_disconnected(back, hci.HCI_CONNECTION_TIMEOUT_ERROR)
        return len(links)


def _deliver(
    destination: controller.Controller, sender: hci.Address, transport: core.PhysicalTransport, data: bytes
) -> None:
    if sender in destination.le_connections:  # else the link was lost meanwhile
        destination.on_link_acl_data(sender, transport, data)


def _control(receiver: controller.Controller, sender: hci.Address, packet: ll.ControlPdu) -> None:
    if sender in receiver.le_connections:
        receiver.on_ll_control_pdu(sender, packet)
