"""SMP group 65: the commissioning commands (device-profile.md).

Plain `smp` message classes, usable by the client (`smpclient`, through `_Response`) and by a
device (`Request.loads`, `Response(...)`). Commands marked *sealed* there never travel as
they are: `sealed_commands` wraps them into command 2. A device ignores keys that
it does not know and so does Larry, so that both may learn more later.
"""

from __future__ import annotations

from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, model_validator
from smp import error, message

from larry.devices.protocol.group65_errors import Group65Error

GROUP_ID: Final = 65
_LENIENT = ConfigDict(extra="ignore", frozen=True)


class Group65ErrorV1(error.ErrorV1):
    """A general SMP error (version 1) to a command of group 65."""

    _GROUP_ID = GROUP_ID


class Group65ErrorV2(error.ErrorV2[Group65Error]):
    """A refusal with one of our codes."""

    _GROUP_ID = GROUP_ID


class _ReadRequest(message.ReadRequest):
    model_config = _LENIENT
    _GROUP_ID = GROUP_ID
    _ErrorV1 = Group65ErrorV1
    _ErrorV2 = Group65ErrorV2


class _WriteRequest(message.WriteRequest):
    model_config = _LENIENT
    _GROUP_ID = GROUP_ID
    _ErrorV1 = Group65ErrorV1
    _ErrorV2 = Group65ErrorV2


def _refuse_errors(content: Any) -> Any:
    # Unknown keys are ignored, so without this an error would pass for an answer without optional keys.
    if isinstance(content, dict) and ("err" in content or "rc" in content):
        raise ValueError("an error, not an answer")
    return content


class _ReadResponse(message.ReadResponse):
    model_config = _LENIENT
    _GROUP_ID = GROUP_ID
    _no_error = model_validator(mode="before")(_refuse_errors)


class _WriteResponse(message.WriteResponse):
    model_config = _LENIENT
    _GROUP_ID = GROUP_ID
    _no_error = model_validator(mode="before")(_refuse_errors)


class _Record(BaseModel):
    model_config = _LENIENT


# --- 0 info -------------------------------------------------------------------------


class InfoReadResponse(_ReadResponse):
    """Who the device is and how it is, readable by anyone.

    Attributes:
        kind: iq, repeater or lock.
        model: catalogue name of the model.
        device_id: normalised Device ID.
        mac: KS MAC of an IQ (`NN.NN.NN`), else "".
        adapter_macs: Ethernet and Wi-Fi MACs that IT needs.
        firmware: version.
        state: one word of `advertising.DeviceState`.
        led_colour: off, green, red, purple, blue, white, orange …
        led_pattern: off, steady, every-second, every-5-min, flashing, sequence …
        uptime_s: since the last start.
        window_open, in_site, factory, fault: the state bits.
        online: the device reaches its parent (lock, repeater) or the cloud (IQ).
        link_state: of a lock or repeater: free, attached_pending, attached, detached_pending, detached.
        attached_to: Device ID of the IQ a lock or repeater belongs to, or "".
        battery_percent: of a lock.
        wifi_ssid: network an IQ was given, or "".
        session_wait_s: how long the device refuses activation codes (back-off), 0 = not.
    """

    _COMMAND_ID = 0
    kind: str
    device_id: str
    model: str = ""
    mac: str = ""
    adapter_macs: tuple[str, ...] = ()
    firmware: str = ""
    state: str = ""
    led_colour: str = ""
    led_pattern: str = ""
    uptime_s: int = 0
    window_open: bool = False
    in_site: bool = False
    factory: bool = False
    fault: bool = False
    online: bool | None = None
    link_state: str | None = None
    attached_to: str = ""
    battery_percent: int | None = None
    wifi_ssid: str = ""
    session_wait_s: int = 0


class InfoRead(_ReadRequest):
    """Ask for `InfoReadResponse`."""

    _COMMAND_ID = 0
    _Response = InfoReadResponse


# --- 1 session ----------------------------------------------------------------------


class SessionWriteResponse(_WriteResponse):
    """Step 1 answers the device's share, step 2 its tag."""

    _COMMAND_ID = 1
    share: bytes | None = None
    tag: bytes | None = None


class SessionWrite(_WriteRequest):
    """Step 1 carries `sid` and `share`, step 2 `tag` (secure_session.py)."""

    _COMMAND_ID = 1
    _Response = SessionWriteResponse
    step: Literal[1, 2]
    sid: bytes | None = None
    share: bytes | None = None
    tag: bytes | None = None


# --- 2 sealed -----------------------------------------------------------------------


class SealedWriteResponse(_WriteResponse):
    """The sealed answer; `n` repeats the counter of the request."""

    _COMMAND_ID = 2
    n: int
    box: bytes


class SealedWrite(_WriteRequest):
    """A sealed inner command (sealed_commands.py)."""

    _COMMAND_ID = 2
    _Response = SealedWriteResponse
    n: int
    box: bytes


# --- 3 identify ---------------------------------------------------------------------


class IdentifyWriteResponse(_WriteResponse):
    """The device blinks."""

    _COMMAND_ID = 3


class IdentifyWrite(_WriteRequest):
    """Blink for `seconds` (0 stops)."""

    _COMMAND_ID = 3
    _Response = IdentifyWriteResponse
    seconds: int


# --- 4 network check, sealed ----------------------------------------------------------


class NetworkCheckItem(_Record):
    """One check: its name, `pass`, `fail` or `not-tried`, and the cause of a failure."""

    name: str
    result: str
    cause: str = ""


class NetworkCheckWriteResponse(_WriteResponse):
    """The checks in the order in which they were made."""

    _COMMAND_ID = 4
    checks: list[NetworkCheckItem]


class NetworkCheckWrite(_WriteRequest):
    """Let an IQ try DHCP, DNS, TCP 40000 and 40001, the update server, captive portal and 802.1X."""

    _COMMAND_ID = 4
    _Response = NetworkCheckWriteResponse


# --- 5 link survey, sealed ------------------------------------------------------------


class SurveyItem(_Record):
    """One measured link.

    Attributes:
        device_id: the node that was heard.
        heard_by: who measured: "" = the IQ itself, else the Device ID of one of its repeaters.
        rssi_here_dbm: what the measuring device hears of the node, in dBm.
        rssi_there_dbm: what the node hears of the measuring device, in dBm.
        count: probes that came back.
        success_percent: their share of those sent.
    """

    device_id: str
    heard_by: str = ""
    rssi_here_dbm: int | None = None
    rssi_there_dbm: int | None = None
    count: int = 0
    success_percent: int | None = None


class SurveyWriteResponse(_WriteResponse):
    """Heard nodes; `more` when there are further ones: ask with `skip`."""

    _COMMAND_ID = 5
    heard: list[SurveyItem]
    more: bool = False


class SurveyWrite(_WriteRequest):
    """Measure the links to all nodes around.

    Attributes:
        seconds: how long to measure.
        reduce_db: transmit power that both ends leave out (headroom test).
        skip: > 0 measures nothing but goes on telling the last result after so many nodes.
    """

    _COMMAND_ID = 5
    _Response = SurveyWriteResponse
    seconds: int = 5
    reduce_db: int = 0
    skip: int = 0


# --- 6 tree, sealed -------------------------------------------------------------------


class TreeEntry(_Record):
    """One item of the tree of an IQ. `parent` is None when it hangs on the IQ itself."""

    device_id: str
    parent: str | None = None
    kind: str
    link_state: str


class TreeReadResponse(_ReadResponse):
    """The tree in its order, which is data (domain.md 2)."""

    _COMMAND_ID = 6
    revision: int
    items: list[TreeEntry]


class TreeRead(_ReadRequest):
    """Read the tree."""

    _COMMAND_ID = 6
    _Response = TreeReadResponse


class TreeWriteResponse(_WriteResponse):
    """The new revision."""

    _COMMAND_ID = 6
    revision: int


class TreeWrite(_WriteRequest):
    """Replace the tree; refused as stale unless `expected_revision` is the current one."""

    _COMMAND_ID = 6
    _Response = TreeWriteResponse
    expected_revision: int
    items: list[TreeEntry]


# --- 7 link, sealed -------------------------------------------------------------------


class LinkWriteResponse(_WriteResponse):
    """The link state now, usually a pending one; the card at the device finishes it."""

    _COMMAND_ID = 7
    link_state: str


class LinkWrite(_WriteRequest):
    """Attach or detach one node. `parent` None = the IQ itself; new items go to the end of the tree."""

    _COMMAND_ID = 7
    _Response = LinkWriteResponse
    action: Literal["attach", "detach"]
    device_id: str
    parent: str | None = None
    kind: str | None = None


# --- 8 nameplate, sealed --------------------------------------------------------------


class NameplateReadResponse(_ReadResponse):
    """Names kept in the device, so that a lost project can be rebuilt."""

    _COMMAND_ID = 8
    site: str = ""
    device: str = ""
    parent: str = ""


class NameplateRead(_ReadRequest):
    """Read the nameplate."""

    _COMMAND_ID = 8
    _Response = NameplateReadResponse


class NameplateWriteResponse(_WriteResponse):
    """Written."""

    _COMMAND_ID = 8


class NameplateWrite(_WriteRequest):
    """Write the nameplate."""

    _COMMAND_ID = 8
    _Response = NameplateWriteResponse
    site: str
    device: str
    parent: str


# --- 9 events, sealed -----------------------------------------------------------------


class EventEntry(_Record):
    """Event `n` (counted from 1): what happened, to which device, at which uptime in seconds."""

    n: int
    what: str
    device_id: str = ""
    at_s: float = 0.0


class EventsReadResponse(_ReadResponse):
    """Events after `since`, oldest first; `more` when there are further ones."""

    _COMMAND_ID = 9
    events: list[EventEntry]
    more: bool = False


class EventsRead(_ReadRequest):
    """Ask for the events after number `since` (0 = all that are kept)."""

    _COMMAND_ID = 9
    _Response = EventsReadResponse
    since: int = 0


OPEN_REQUESTS: Final[tuple[type[Any], ...]] = (InfoRead, SessionWrite, SealedWrite, IdentifyWrite)
"""Commands that may travel unsealed."""

SEALED_REQUESTS: Final[tuple[type[Any], ...]] = (
    NetworkCheckWrite,
    SurveyWrite,
    TreeRead,
    TreeWrite,
    LinkWrite,
    NameplateRead,
    NameplateWrite,
    EventsRead,
)
"""Commands that a device accepts only inside `SealedWrite`."""
