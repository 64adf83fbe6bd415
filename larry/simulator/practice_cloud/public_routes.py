"""The public routes: sites, IQs, trees, locks (domain.md 6)."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from larry.simulator.practice_cloud.api_error import ApiError
from larry.simulator.practice_cloud.cloud_state import CloudState
from larry.simulator.practice_cloud.paging import list_response
from larry.simulator.practice_cloud.request_body import read_json, read_object, text, time_zone
from larry.simulator.practice_cloud.shapes import iq_json, locks_json, site_json, tree_json
from larry.simulator.practice_cloud.site_record import IqRecord, SiteRecord
from larry.simulator.practice_cloud.tree_write import write_tree
from larry.simulator.world.refusal import RefusalError


class PublicRoutes:
    """Handlers of one API version; v1.2 gives IQs and trees as bare arrays, v2 every list in pages."""

    def __init__(self, state: CloudState, version: str) -> None:
        self._state = state
        self._version = version
        self._pages_everything = version.startswith("v2")

    def routes(self) -> list[Route]:
        """Return the routes."""
        site = f"/{self._version}/sites/{{site_id}}"
        iq = f"{site}/iqs/{{iq_id}}"
        return [
            Route(f"/{self._version}/sites", self.sites, methods=["GET"]),
            Route(site, self.site, methods=["GET"]),
            Route(f"{site}/iqs", self.iqs, methods=["GET"]),
            Route(f"{site}/iqs", self.add_iq, methods=["POST"]),
            Route(iq, self.iq, methods=["GET"]),
            Route(f"{iq}/tree", self.tree, methods=["GET"]),
            Route(f"{iq}/tree", self.put_tree, methods=["PUT"]),
            Route(f"{site}/locks", self.locks, methods=["GET"]),
            Route(f"{site}/locks/{{lock_id}}/detach", self.detach, methods=["PATCH"]),
        ]

    async def sites(self, request: Request) -> Response:
        """List the caller's sites."""
        sites = self._state.sites_of(self._state.accounts.of(request))
        return list_response(request, [site_json(self._state, site) for site in sites], paged=True)

    async def site(self, request: Request) -> Response:
        """Return one site."""
        return JSONResponse(site_json(self._state, self._site(request)))

    async def iqs(self, request: Request) -> Response:
        """List the IQs of a site; a new one is not in the list while it settles."""
        site = self._site(request)
        records = [iq for iq in site.iqs.values() if not self._state.settling(iq.added_at_s)]
        for record in records:
            record.refresh()
        return list_response(
            request, [iq_json(site, record) for record in records], paged=self._pages_everything
        )

    async def add_iq(self, request: Request) -> Response:
        """Add an IQ by its activation code."""
        site = self._site(request)
        body = await read_object(request)
        name, zone, code = text(body, "customer_reference"), time_zone(body), text(body, "activation_code")
        self._require_subscription(site)
        iq = self._state.estate.iq_by_activation_code(code.upper())
        if iq is None:
            raise ApiError(1501)
        if self._state.is_in_a_site(iq):
            raise ApiError(2208, "The IQ is in a site already")
        if not iq.online:
            raise ApiError(3105)
        iq_id = self._state.id_of("iq", iq.device_id)
        record = IqRecord(iq_id, iq, name, zone, self._state.now_s)
        iq.joined_site(zone, name)
        site.iqs[iq_id] = record
        record.refresh()
        return JSONResponse(iq_json(site, record), status_code=201)

    async def iq(self, request: Request) -> Response:
        """Return one IQ."""
        site = self._site(request)
        return JSONResponse(iq_json(site, self._state.iq_for(site, request.path_params["iq_id"])))

    async def tree(self, request: Request) -> Response:
        """Return the tree of an IQ."""
        record = self._tree_of(request, self._site(request))
        return list_response(request, tree_json(self._state, record), paged=self._pages_everything)

    async def put_tree(self, request: Request) -> Response:
        """Write the tree of an IQ."""
        site = self._site(request)
        record = self._tree_of(request, site)
        body = await read_json(request)
        self._require_subscription(site)
        write_tree(self._state, site, record, body)
        return JSONResponse(tree_json(self._state, record))

    async def locks(self, request: Request) -> Response:
        """List the locks of a site."""
        return list_response(request, locks_json(self._state, self._site(request)), paged=True)

    async def detach(self, request: Request) -> Response:
        """Begin to detach a lock."""
        site = self._site(request)
        body = await read_object(request)
        if body.get("iq_link_state") != "detached_pending":
            raise ApiError(1101, "Value of 'iq_link_state' is invalid.")
        if site.released or body.get("otp") is not None:
            self._state.check_code(site, body.get("otp"))
        record, device_id = self._lock(site, request.path_params["lock_id"])
        if not record.iq.online:
            raise ApiError(3105)
        try:
            record.iq.detach(device_id)
        except RefusalError as refusal:
            raise ApiError(3103, refusal.text) from refusal
        return Response(status_code=204)

    def _site(self, request: Request) -> SiteRecord:
        return self._state.site_for(self._state.accounts.of(request), request.path_params["site_id"])

    def _tree_of(self, request: Request, site: SiteRecord) -> IqRecord:
        return self._state.iq_for(site, request.path_params["iq_id"], settling_code=2202)

    def _lock(self, site: SiteRecord, lock_id: str) -> tuple[IqRecord, str]:
        for record in site.iqs.values():
            record.refresh()
            for row in record.live_tree:
                if row.kind == "lock" and self._state.id_of("node", row.device_id) == lock_id:
                    return record, row.device_id
        raise ApiError(2202, "Lock not found")

    def _require_subscription(self, site: SiteRecord) -> None:
        if not self._state.subscribed(site):
            raise ApiError(2212)
