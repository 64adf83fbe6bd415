"""Keep what a link survey measured: measured links in the plan, one undoable step."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any, Protocol

from larry.domain.edits import Composite, Edit, SetLink
from larry.domain.hardware import Link
from larry.domain.ids import normalise_device_id
from larry.domain.site import Site
from larry.services.project import Project

DOOR_CONDITIONS: Mapping[str, str] = {"open": "door open", "closed": "door closed"}
"""How a measured link says how the doors stood."""


class MeasuredLink(Protocol):
    """One link as a device measured it (`larry.devices.device_data.HeardNode`)."""

    @property
    def device_id(self) -> str: ...
    @property
    def heard_by(self) -> str: ...
    @property
    def rssi_here_dbm(self) -> int | None: ...
    @property
    def rssi_there_dbm(self) -> int | None: ...
    @property
    def count(self) -> int: ...
    @property
    def success_percent(self) -> int | None: ...


@dataclass(frozen=True, slots=True)
class KeptLinks:
    """What became of a survey.

    Attributes:
        kept: the links now in the project, as (node id, node id), the measuring device first.
        strangers: Device IDs that were heard and are not in the plan.
    """

    kept: tuple[tuple[str, str], ...]
    strangers: tuple[str, ...]


def keep_measured_links(
    project: Project,
    heard: Sequence[MeasuredLink],
    *,
    conditions: str | None = None,
    reduce_db: int = 0,
    now: datetime | None = None,
) -> KeptLinks:
    """Store the links between planned devices; a link that was measured before is replaced.

    A headroom test (`reduce_db` over 0) does not replace the levels: it adds how much of the traffic still
    arrives with that much less power.

    Args:
        project: an open project.
        heard: the answer of `DeviceLink.survey`.
        conditions: such as a value of `DOOR_CONDITIONS`.
        reduce_db: as it was given to the survey.
        now: when it was measured; None = this moment.

    Raises:
        ReadOnlySiteError, FileUnreachableError: as `Project.do`; nothing is changed then.
    """
    ids = {
        normalise_device_id(node.device_id): node.id for node in project.site.nodes.values() if node.device_id
    }
    at = (now or datetime.now(UTC)).isoformat(timespec="seconds")
    edits: list[Edit] = []
    kept: list[tuple[str, str]] = []
    for measured in heard:
        here, there = (ids.get(normalise_device_id(each)) for each in (measured.heard_by, measured.device_id))
        if here is None or there is None or here == there:
            continue
        extra = {"measured_at": at, "measured_by": normalise_device_id(measured.heard_by)}
        link = _link(project.site, (here, there), measured, conditions, reduce_db, extra)
        edits.append(SetLink(link.a, link.b, link))
        kept.append((here, there))
    if edits:
        project.do(Composite(tuple(edits)), _label(project.site, kept, reduce_db), "device")
    return KeptLinks(tuple(kept), _strangers(heard, ids))


def _link(
    site: Site,
    ends: tuple[str, str],
    measured: MeasuredLink,
    conditions: str | None,
    reduce_db: int,
    extra: dict[str, Any],
) -> Link:
    """Return the link in the order in which the project holds it already."""
    known = site.link_between(*ends)
    if reduce_db:
        base = known or Link(*ends)
        headroom = {"db": reduce_db, "percent": measured.success_percent, **extra}
        return replace(base, extra=base.extra | {f"headroom_{key}": headroom[key] for key in headroom})
    turned = known is not None and (known.a, known.b) != ends
    a, b = reversed(ends) if turned else ends
    to_there, to_here = measured.rssi_there_dbm, measured.rssi_here_dbm
    return Link(
        a,
        b,
        rssi_ab_dbm=to_here if turned else to_there,
        rssi_ba_dbm=to_there if turned else to_here,
        count=measured.count,
        conditions=conditions,
        extra=(known.extra if known else {}) | {"success_percent": measured.success_percent, **extra},
    )


def _label(site: Site, kept: Sequence[tuple[str, str]], reduce_db: int) -> str:
    by = {site.nodes[here].name or here for here, _ in kept}
    what = f"Headroom of {reduce_db} dB tested" if reduce_db else "Links measured"
    return f"{what} at {', '.join(sorted(by))}: {len(kept)}"


def _strangers(heard: Iterable[MeasuredLink], ids: Mapping[str, str]) -> tuple[str, ...]:
    named = (normalise_device_id(measured.device_id) for measured in heard)
    return tuple(dict.fromkeys(device_id for device_id in named if device_id not in ids))
