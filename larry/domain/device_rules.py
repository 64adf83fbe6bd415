"""Rules about one device by itself: identity, name, place, settings (domain.md 2 and 3)."""

from __future__ import annotations

from collections.abc import Iterator

from larry.domain.finding import Finding
from larry.domain.hardware import Node
from larry.domain.ids import device_id_form
from larry.domain.kind import Kind
from larry.domain.rule_context import RuleContext, device_id_key, display_name, name_key


def check_device(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    """Yield what the rules say about a device without looking at its neighbours' places."""
    yield from _identity(context, node)
    yield from _name_and_place(context, node)
    if node.kind is Kind.IQ:
        yield from _iq(context, node)
    elif node.kind is Kind.LOCK:
        yield from _lock(context, node)
    else:
        yield _bounded(context, node, "repeater-supply", node.supply_v)


def _identity(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    key = device_id_key(node)
    if key is not None:
        carriers = len(context.device_ids.get(key, ()))
        if carriers > 1:
            yield context.finding("duplicate-device-id", node, {"count": carriers, "device_id": key})
        if device_id_form(key) is None:
            yield context.finding("device-id-form", node, {}, device_id=node.device_id)
    model = context.catalogue.models.get(node.model or "")
    if node.model is not None and (model is None or model.kind is not node.kind):
        yield context.finding("model-unknown", node, {}, model=node.model)


def _name_and_place(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    key = name_key(node)
    if key is None:
        yield context.finding("name-missing", node, {}, kind=node.kind.value)
    elif len(context.names.get(key, ())) > 1:
        yield context.finding("name-duplicate", node, {"count": len(context.names[key])})
    if node.floor is None or node.floor not in context.site.floors:
        yield context.finding("floor-missing", node, {})


def _iq(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    yield time_zone_finding(context, node, node.time_zone)
    site_zone = context.site.info.time_zone
    if node.time_zone and site_zone and node.time_zone != site_zone:
        words = {"time_zone": node.time_zone, "site_time_zone": site_zone}
        yield context.finding("time-zone-differs", node, {}, **words)
    if node.outdoor and node.extra.get("enclosure") != "plastic":
        yield context.finding("outdoor-iq", node, {})
    model = context.catalogue.models.get(node.model or "")
    if node.wifi_band_ghz and model and node.wifi_band_ghz not in model.bands_ghz:
        yield context.finding("wifi-band", node, {"band_ghz": node.wifi_band_ghz})


def time_zone_finding(context: RuleContext, node: Node | None, zone: str | None) -> Finding | None:
    """Judge the time zone of an IQ, or of the site when `node` is None."""
    zones = context.catalogue.time_zones
    if not zone or not zones or zone in zones:
        return None
    return context.finding("time-zone-unknown", node, {}, time_zone=zone)


def _lock(context: RuleContext, node: Node) -> Iterator[Finding | None]:
    model = context.catalogue.models.get(node.model or "")
    if model is not None and model.needs_controller and not node.controller:
        yield context.finding("controller-missing", node, {}, wall_reader=display_name(node))
    yield _bounded(context, node, "open-time", node.open_time_s)
    yield _bounded(context, node, "offline-access", node.offline_access_days)


def _bounded(context: RuleContext, node: Node, code: str, value: float | None) -> Finding | None:
    rule = context.catalogue.rule(code)
    if value is None or rule.limit("minimum") <= value <= rule.limit("maximum"):
        return None
    numbers = {"value": value, "minimum": rule.limit("minimum"), "maximum": rule.limit("maximum")}
    return context.finding(code, node, numbers)
