"""What the job needs before it starts, line by line: what is there, what is missing, who provides it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from larry.domain.hardware import Node
from larry.domain.kind import Kind
from ui.stages.commission.heard import no_way
from ui.stages.commission.job_host import CODE, JobHost
from ui.words import counted
from ui.workspace import Workspace


@dataclass(frozen=True, slots=True)
class PreflightLine:
    """One line: a sign with its tone, a sentence, more about it, and a button with the action behind it.

    Actions: `design`, `stickers` (practice site: read them), `codes`, `wifi`.
    """

    sign: str
    tone: str
    text: str
    detail: str = ""
    button: str = ""
    action: str = ""


def preflight(workspace: Workspace, host: JobHost) -> list[PreflightLine]:
    """Return the lines for the site as it is."""
    nodes = [workspace.project.site.nodes[row.node_id] for row in host.board().queue]
    iqs = [node for node in nodes if node.kind is Kind.IQ]
    lines = [_devices(workspace, nodes), _placed(nodes)]
    if iqs:
        lines += [_codes(host, iqs), _wifi(host, iqs)]
    return [line for line in (*lines, _reach(workspace), _cloud(workspace)) if line is not None]


def _devices(workspace: Workspace, nodes: list[Node]) -> PreflightLine:
    missing = [node for node in nodes if not node.device_id]
    kinds = Counter(node.kind for node in nodes)
    detail = ", ".join(
        (
            counted(kinds[Kind.IQ], _tr("{n} IQ"), _tr("{n} IQs")),
            counted(kinds[Kind.REPEATER], _tr("{n} repeater"), _tr("{n} repeaters")),
            counted(kinds[Kind.LOCK], _tr("{n} lock"), _tr("{n} locks")),
        )
    )
    if not missing:
        return PreflightLine("circle-check", "ok", _tr("Every device has its Device ID"), detail)
    text = counted(
        len(missing), _tr("{n} device has no Device ID yet"), _tr("{n} devices have no Device ID yet")
    )
    detail = _tr("Larry must know which device it is: drag it from Nearby onto its place in Design.")
    if workspace.practice:
        return PreflightLine(
            "triangle-alert",
            "warn",
            text,
            _tr("Here the stickers can be read in one go."),
            _tr("Read the stickers"),
            "stickers",
        )
    return PreflightLine("triangle-alert", "warn", text, detail, _tr("Go to Design"), "design")


def _placed(nodes: list[Node]) -> PreflightLine | None:
    loose = [node for node in nodes if node.kind is not Kind.IQ and node.parent is None]
    if not loose:
        return None
    text = counted(len(loose), _tr("{n} device is not placed yet"), _tr("{n} devices are not placed yet"))
    detail = _tr("It stays open; the job goes on with the others.")
    return PreflightLine("triangle-alert", "warn", text, detail, _tr("Place it"), "design")


def _codes(host: JobHost, iqs: list[Node]) -> PreflightLine:
    kept = host.secret_names()
    missing = [node for node in iqs if (node.id, CODE) not in kept]
    if not missing:
        text = _tr("The activation codes are entered")
        return PreflightLine(
            "circle-check", "ok", text, _tr("Kept sealed in the site file."), _tr("Change…"), "codes"
        )
    names = ", ".join(node.name for node in missing[:3])
    text = counted(
        len(missing), _tr("{n} activation code is missing"), _tr("{n} activation codes are missing")
    )
    return PreflightLine("triangle-alert", "warn", text, names, _tr("Enter codes…"), "codes")


def _wifi(host: JobHost, iqs: list[Node]) -> PreflightLine:
    choice = host.wifi()
    networks: dict[str, str] = {}
    for node in iqs:
        ssid = node.wifi_ssid or choice.ssid(node)
        if not ssid:
            break
        networks[node.id] = ssid
    if len(networks) < len(iqs):
        text = _tr("No Wi-Fi network is chosen")
        return PreflightLine(
            "info", "info", text, _tr("IQs on a cable need none."), _tr("Set Wi-Fi…"), "wifi"
        )
    names = ", ".join(sorted({f"“{ssid}”" for ssid in networks.values()}))
    kept = host.secret_names()
    if not all(host.has_password(node_id, ssid, kept) for node_id, ssid in networks.items()):
        text = _tr("The password of {names} is missing").format(names=names)
        detail = _tr("Entered once for all IQs of the network.")
        return PreflightLine("triangle-alert", "warn", text, detail, _tr("Set Wi-Fi…"), "wifi")
    text = _tr("Wi-Fi {names}, password entered").format(names=names)
    return PreflightLine(
        "circle-check", "ok", text, _tr("Each IQ waits for its reset button, 2 s."), _tr("Change…"), "wifi"
    )


def _reach(workspace: Workspace) -> PreflightLine:
    wrong = no_way(workspace.feed.snapshot)
    if wrong is not None:
        return PreflightLine("triangle-alert", "error", wrong[0], wrong[1])
    snapshot = workspace.feed.snapshot
    heard = len(snapshot.devices) if snapshot is not None else 0
    text = counted(heard, _tr("{n} device is heard here"), _tr("{n} devices are heard here"))
    return PreflightLine("circle-check", "ok", text, _tr("By Bluetooth or cable, whichever reaches it."))


def _cloud(workspace: Workspace) -> PreflightLine:
    if workspace.cloud_url is None:
        detail = _tr("Adding IQs to the site stays open; everything else can be done.")
        return PreflightLine("info", "info", _tr("No cloud is chosen"), detail)
    text = _tr("Practice cloud") if workspace.practice else workspace.cloud_url.split("//")[-1]
    return PreflightLine("circle-check", "ok", text, _tr("IQs are added with name, time zone and code."))


def _tr(text: str) -> str:
    return QCoreApplication.translate("CommissionPreflight", text)
