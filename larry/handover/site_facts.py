"""Everything the handover is made from: the plan, what the devices said, the rules, and when."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from larry.domain.catalogue import Catalogue
from larry.domain.finding import Finding
from larry.domain.hardware import Node
from larry.domain.kind import Kind
from larry.domain.records import DeviceRecord, Reading
from larry.domain.site import Site

_NO_RECORD = DeviceRecord()


@dataclass(frozen=True, slots=True)
class SiteFacts:
    """A snapshot the checklist, the report and the pack are built from.

    Attributes:
        site: the planned site.
        catalogue: rules and models it is judged by.
        findings: all findings of the site, in order.
        records: what was written to and read from the devices, by node id.
        made_at: when the handover is made, ISO 8601 UTC.
        made_by: who makes it (a person's or company's name), or "".
        project_uuid: the identity of the project file, or "".
        larry_version: the version that makes it.
        owner_confirmed: the owner's e-mail as it was typed a second time, or "".
    """

    site: Site
    catalogue: Catalogue
    findings: Sequence[Finding]
    records: Mapping[str, DeviceRecord]
    made_at: str
    made_by: str = ""
    project_uuid: str = ""
    larry_version: str = ""
    owner_confirmed: str = ""
    order: tuple[Node, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "order", tuple(self.site.walk()))

    def of_kind(self, *kinds: Kind) -> list[Node]:
        """Return the devices of these kinds in tree order."""
        return [node for node in self.order if node.kind in kinds]

    def record(self, node_id: str) -> DeviceRecord:
        """Return what is known about a device; an empty record when nothing is."""
        return self.records.get(node_id, _NO_RECORD)

    def seen(self, node: Node, key: str) -> Any:
        """Return the last value read from a device, or None."""
        return self.record(node.id).seen(key)

    def reading(self, node: Node, key: str) -> Reading | None:
        """Return the last value read from a device with its time, or None."""
        return self.record(node.id).observed.get(key)

    def last_read(self, nodes: Sequence[Node], *keys: str) -> str | None:
        """Return when the newest of these values was read, or None."""
        readings = (self.reading(node, key) for node in nodes for key in keys)
        return max((reading.at for reading in readings if reading), default=None)
