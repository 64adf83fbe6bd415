"""Give an IQ its Wi-Fi by Improv; a password is entered once for all IQs of a network."""

from __future__ import annotations

from larry.errors import DeviceRefusedError, DeviceTimeoutError, DeviceUnsupportedError
from larry.services.commission.ports import JobLink, ReportedNetwork
from larry.services.commission.step_context import StepContext
from larry.services.commission.wifi_choice import PASSWORD

ENTER_S = 120.0
JOIN_S = 60.0


async def give_wifi(context: StepContext) -> str:
    """Send network and password, unless the IQ is online already (cable, or settings it kept)."""
    link = await context.link()
    info = await link.info()
    if info.online:
        return context.line("already-online")
    ssid = context.parts.wifi.ssid(context.node) or await _ask_ssid(context)
    link = await context.session()
    password = await _password(context, link, ssid)
    while not await _joined(context, ssid, password):
        password = await _ask_again(context, ssid)
    context.project.record_written(context.node_id, {"wifi_ssid": ssid})
    return context.line("joined", ssid=ssid)


async def _joined(context: StepContext, ssid: str, password: str) -> bool:
    """Return whether it joined; False means the password was refused."""
    link = await context.link()
    try:
        await link.provision_wifi(ssid, password, timeout_s=JOIN_S)
    except DeviceTimeoutError as late:
        raise context.open("wifi-refused", ssid=ssid, why=f"It gave no answer within {JOIN_S:g} s.") from late
    except DeviceRefusedError as refusal:
        if refusal.code != "wifi-unable-to-connect":
            raise
        network = await _heard(link, ssid)
        if network is None:
            raise context.open("wifi-not-heard", ssid=ssid) from None
        if not network.secured:
            raise context.open("wifi-refused", ssid=ssid, why=refusal.remedy) from None
        context.say("password-refused", "warn", ssid=ssid)
        context.parts.desk.wrong_wifi.add(ssid)
        return False
    context.parts.desk.wrong_wifi.discard(ssid)
    return True


async def _heard(link: JobLink, ssid: str) -> ReportedNetwork | None:
    """Ask the IQ itself what it hears: its 5 GHz may differ from the laptop's."""
    try:
        networks = await link.wifi_networks()
    except DeviceUnsupportedError:
        return _Unknown(ssid)
    return next((network for network in networks if network.ssid == ssid), None)


async def _password(context: StepContext, link: JobLink, ssid: str) -> str:
    if ssid in context.parts.desk.wrong_wifi:
        raise context.open("wifi-known-wrong", ssid=ssid)
    password = context.parts.wifi.password(context.node, ssid)
    if password is not None:
        return password
    network = await _heard(link, ssid)
    if network is not None and not network.secured:
        return ""
    return await _ask(context, "wifi-password", ssid)


async def _ask_again(context: StepContext, ssid: str) -> str:
    return await _ask(context, "wifi-password-again", ssid)


async def _ask(context: StepContext, key: str, ssid: str) -> str:
    desk = context.parts.desk
    desk.take_provided(context.node_id, PASSWORD)

    async def entered() -> str | None:
        if not desk.take_provided(context.node_id, PASSWORD):
            return None
        return context.parts.wifi.password(context.node, ssid)

    return await context.wait(key, entered, seconds=ENTER_S, ssid=ssid)


async def _ask_ssid(context: StepContext) -> str:
    async def chosen() -> str | None:
        return context.parts.wifi.ssid(context.node)

    return await context.wait("wifi-name", chosen, seconds=ENTER_S)


class _Unknown:
    """A network of which the IQ cannot tell more."""

    def __init__(self, ssid: str) -> None:
        self.ssid = ssid
        self.secured = True
