"""A Bluetooth controller for the virtual air: bumble's, with its stubs filled in (radio.md 2.1).

Only legacy advertising and scanning: every host speaks it, and bumble's extended reports are wrong.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from bumble import controller, hci, ll

if TYPE_CHECKING:
    from larry.simulator.air import Air

_SLOT_S = 0.625e-3
_MAX_ADV_DELAY_S = 0.010
_REPORT = hci.HCI_LE_Advertising_Report_Event


class RadioAdvertiser(controller.LegacyAdvertiser):
    """Advertises at the interval the host asked for, in slots of 0.625 ms plus up to 10 ms by chance.

    Attributes:
        alternatives: payloads sent in turn instead of the host's one. A real device alternates between
            advertising sets; telling a host twice a second would only cost time here.
    """

    controller: RadioController
    alternatives: Sequence[bytes] = ()
    _turn: int = 0

    @property
    def _chance(self) -> random.Random:
        return self.controller.air.chance("", self.controller.name)

    def _on_timer_fired(self) -> None:
        self.send_advertising_data()
        delay_s = self.advertising_interval_min * _SLOT_S + self._chance.uniform(0, _MAX_ADV_DELAY_S)
        self.timer_handle = asyncio.get_running_loop().call_later(delay_s, self._on_timer_fired)

    def start(self) -> None:
        """Start with a first advertisement somewhere within the interval, not all devices at once."""
        self.stop()
        self.enabled = True
        delay_s = self._chance.uniform(0, self.advertising_interval_min * _SLOT_S)
        self.timer_handle = asyncio.get_running_loop().call_later(delay_s, self._on_timer_fired)

    def send_advertising_data(self) -> None:
        """Send one advertisement."""
        if self.controller.silent:
            return
        if self.alternatives:
            self._turn = (self._turn + 1) % len(self.alternatives)
            self.advertising_data = self.alternatives[self._turn]
        super().send_advertising_data()


class RadioController(controller.Controller):
    """One radio on the air: of a simulated device, of the laptop, of a test.

    Args:
        name: for logs.
        air: where it sends and hears.
        public_address: its fixed address.

    Attributes:
        owner: whatever the radio belongs to; the field of the air looks at it.
        silent: sends nothing and accepts no connection, as a device without power.
    """

    le_features = controller.Controller.le_features & ~(
        hci.LeFeatureMask.LE_EXTENDED_ADVERTISING
        | hci.LeFeatureMask.LE_PERIODIC_ADVERTISING
        | hci.LeFeatureMask.LL_PRIVACY
    )
    le_acl_data_packet_length = 251
    supported_max_tx_octets = 251
    supported_max_rx_octets = 251

    def __init__(
        self,
        name: str,
        air: Air,
        *,
        public_address: str | None = None,
        owner: object = None,
        host_source: Any = None,
        host_sink: Any = None,
    ) -> None:
        super().__init__(
            name, host_source=host_source, host_sink=host_sink, link=air, public_address=public_address
        )
        self.air = air
        self.owner = owner
        self.silent = False
        self.advertiser = RadioAdvertiser(self)
        self.le_legacy_advertiser = self.advertiser

    @property
    def listening(self) -> bool:
        """True when advertisements matter to it: it scans or wants to connect."""
        return self.le_scan_enable or self.pending_le_connection is not None

    def leave(self) -> None:
        """Go silent for ever: links break, nothing is sent any more."""
        self.advertiser.stop()
        self.le_scan_enable = False
        self.pending_le_connection = None
        self.air.remove_controller(self)
        self.host = None

    def hear(self, pdu: ll.AdvInd, rssi_dbm: int, sender: RadioController) -> None:
        """An advertisement arrived: report it, ask for the scan response, or connect."""
        if self.le_scan_enable:
            self._report(_REPORT.EventType.ADV_IND, pdu.advertiser_address, pdu.data, rssi_dbm)
            response = sender.advertiser.scan_response_data
            if self.le_scan_type == 1 and response:
                again_dbm = self.air.rssi_dbm(self, sender)
                if again_dbm is not None:
                    self._report(_REPORT.EventType.SCAN_RSP, pdu.advertiser_address, response, again_dbm)
        pending = self.pending_le_connection
        if (
            pending is not None
            and pending.peer_address == pdu.advertiser_address
            and sender.advertiser.enabled
        ):
            self.create_le_connection(pdu.advertiser_address)

    def _report(self, kind: int, address: hci.Address, data: bytes, rssi_dbm: int) -> None:
        report = _REPORT.Report(
            event_type=kind, address_type=address.address_type, address=address, data=data, rssi=rssi_dbm
        )
        self.send_hci_packet(_REPORT([report]))

    def on_hci_le_create_connection_cancel_command(
        self, _command: hci.HCI_LE_Create_Connection_Cancel_Command
    ) -> hci.HCI_StatusReturnParameters:
        """End a pending connect with the event a host waits for (0x02, unknown connection)."""
        pending = self.pending_le_connection
        if pending is None:
            return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.COMMAND_DISALLOWED_ERROR)
        self.pending_le_connection = None
        asyncio.get_running_loop().call_soon(self._report_cancelled, pending)
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def _report_cancelled(self, pending: Any) -> None:
        self.send_hci_packet(
            hci.HCI_LE_Connection_Complete_Event(
                status=hci.HCI_UNKNOWN_CONNECTION_IDENTIFIER_ERROR,
                connection_handle=0,
                role=hci.Role.CENTRAL,
                peer_address_type=pending.peer_address.address_type,
                peer_address=pending.peer_address,
                connection_interval=0,
                peripheral_latency=0,
                supervision_timeout=0,
                central_clock_accuracy=0,
            )
        )

    def on_hci_reset_command(self, _command: hci.HCI_Reset_Command) -> hci.HCI_StatusReturnParameters:
        """Really reset: stop sending and scanning, drop links (bumble only says it did)."""
        self.advertiser.stop()
        self.le_scan_enable = False
        self.pending_le_connection = None
        self.air.lose_links(self)
        return hci.HCI_StatusReturnParameters(hci.HCI_ErrorCode.SUCCESS)

    def on_hci_acl_data_packet(self, packet: hci.HCI_AclDataPacket) -> None:
        """Drop quietly what the host sent before it heard that the link is gone."""
        if self.find_connection_by_handle(packet.connection_handle) is not None:
            super().on_hci_acl_data_packet(packet)

    def on_le_disconnected(self, connection: controller.Connection, reason: int) -> None:
        """Report a lost link once."""
        if self.le_connections.get(connection.peer_address) is connection:
            super().on_le_disconnected(connection, reason)
