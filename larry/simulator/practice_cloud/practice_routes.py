"""Acts a real cloud does not publish, and the practice cloud's own conveniences."""

from __future__ import annotations

from typing import Any

from email_validator import EmailNotValidError, validate_email
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from larry.cloud.capabilities import Capability
from larry.simulator.practice_cloud.api_error import ApiError
from larry.simulator.practice_cloud.cloud_state import CloudState
from larry.simulator.practice_cloud.request_body import read_object, text, time_zone
from larry.simulator.practice_cloud.shapes import site_json
from larry.simulator.practice_cloud.site_record import SiteRecord

OFFERED = (
    Capability.CREATE_SITE,
    Capability.REMOVE_IQ,
    Capability.INVITE_OWNER,
    Capability.RELEASE,
    Capability.RELEASE_STATE,
)
"""Unpublished acts this practice cloud can do."""

_CODE_VALID_S = 180.0
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


class PracticeRoutes:
    """Handlers below `/practice`."""

    def __init__(self, state: CloudState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Return the routes."""
        site = "/practice/sites/{site_id}"
        return [
            Route("/practice/capabilities", self.capabilities, methods=["GET"]),
            Route("/practice/token", self.token, methods=["POST"]),
            Route("/practice/mailbox", self.mailbox, methods=["GET"]),
            Route("/practice/sites", self.create_site, methods=["POST"]),
            Route(f"{site}/iqs/{{iq_id}}", self.remove_iq, methods=["DELETE"]),
            Route(f"{site}/owner-invitation", self.invite_owner, methods=["POST"]),
            Route(f"{site}/release", self.release_state, methods=["GET"]),
            Route(f"{site}/release", self.release, methods=["POST"]),
            Route(f"{site}/code", self.code, methods=["POST"]),
        ]

    async def capabilities(self, request: Request) -> Response:
        """Say what this cloud can do beyond the public routes."""
        del request
        return JSONResponse({"practice": True, "capabilities": [capability.value for capability in OFFERED]})

    async def token(self, request: Request) -> Response:
        """Give the installer's token to anyone on this computer, an owner's for e-mail and password."""
        body = await read_object(request)
        accounts = self._state.accounts
        if body.get("role", "installer") == "installer":
            token = accounts.installer_token()
        else:
            token = accounts.owner_token(text(body, "email"), text(body, "password"))
        return JSONResponse({"access_token": token, "token_type": "Bearer", "expires_in": 3600})

    async def mailbox(self, request: Request) -> Response:
        """Return the mails, `?to=` one address."""
        return JSONResponse({"mails": self._state.mailbox.to_json(request.query_params.get("to"))})

    async def create_site(self, request: Request) -> Response:
        """Create a site."""
        if self._state.accounts.of(request).role != "installer":
            raise ApiError(2203)
        body = await read_object(request)
        country = text(body, "country_code").upper()
        if len(country) != 2 or not country.isascii() or not country.isalpha():
            raise ApiError(1101, "Value of 'country_code' is invalid.")
        owner_email = text(body, "owner_email", needed=False)
        site = self._state.create_site(
            text(body, "customer_reference"),
            country,
            time_zone(body),
            _email(owner_email) if owner_email else "",
            text(body, "voucher", needed=False),
        )
        return JSONResponse(site_json(self._state, site), status_code=201)

    async def remove_iq(self, request: Request) -> Response:
        """Delete an IQ whose tree is empty."""
        site = self._site(request)
        record = self._state.iq_for(site, request.path_params["iq_id"])
        if record.live_tree:
            raise ApiError(2209)
        record.iq.left_site()
        del site.iqs[record.id]
        return Response(status_code=204)

    async def invite_owner(self, request: Request) -> Response:
        """Send the owner's invitation; the address must be the one of the installation."""
        site = self._site(request)
        email = _email(text(await read_object(request), "email"))
        if site.owner_email and site.owner_email.lower() != email.lower():
            raise ApiError(1101, "Value of 'email' is invalid.")
        site.owner_email = email
        site.owner_token = site.owner_token or self._state.id_of("invitation", site.id)
        if site.owner_state == "none":
            site.owner_state = "invited"
        self._state.mailbox.send(
            self._state.now_s,
            email,
            f"Your invitation to {site.name}",
            f"You are invited as owner of {site.name} ({site.site_uid}). Open the link to begin.",
            f"/practice/owner/{site.owner_token}",
        )
        return JSONResponse(_release_json(site))

    async def release_state(self, request: Request) -> Response:
        """Say how far release and owner are; the installer may read it after the release too."""
        return JSONResponse(_release_json(self._own(request)))

    async def release(self, request: Request) -> Response:
        """Hand the site to its invited owner; the installer is out from here on."""
        site = self._own(request)
        if not site.released:
            site = self._site(request)
            if site.owner_state == "none":
                raise ApiError(4201)
            if not self._state.subscribed(site):
                raise ApiError(2212)
            site.released_at_s = self._state.now_s
            self._state.mailbox.send(
                self._state.now_s,
                site.owner_email,
                f"{site.name} is yours now",
                f"The installer released {site.name} ({site.site_uid}). You manage it from now on.",
            )
        return JSONResponse(_release_json(site))

    async def code(self, request: Request) -> Response:
        """Make a Code as the owner's app does: 5 characters, about 3 minutes."""
        account = self._state.accounts.of(request)
        if account.role != "owner":
            raise ApiError(2203)
        site = self._state.site_for(account, request.path_params["site_id"])
        number = int(self._state.id_of("code", site.id, str(len(site.codes))).replace("-", ""), 16)
        letters = [_CODE_LETTERS[number >> (5 * place) & 31] for place in range(5)]
        code = "".join(letters)
        site.codes[code] = self._state.now_s + _CODE_VALID_S
        return JSONResponse({"code": code, "valid_s": _CODE_VALID_S})

    def _site(self, request: Request) -> SiteRecord:
        return self._state.site_for(self._state.accounts.of(request), request.path_params["site_id"])

    def _own(self, request: Request) -> SiteRecord:
        """Return the site for whoever installed or owns it, released or not."""
        account = self._state.accounts.of(request)
        site = self._state.sites.get(request.path_params["site_id"])
        if site is None:
            raise ApiError(2202, "Site not found")
        if account.role == "owner" and site.owner_email.lower() != account.email:
            raise ApiError(2203)
        return site


def _email(value: str) -> str:
    try:
        return validate_email(value, check_deliverability=False, test_environment=True).normalized
    except EmailNotValidError as error:
        raise ApiError(1101, "Value of 'email' is invalid.") from error


def _release_json(site: SiteRecord) -> dict[str, Any]:
    return {
        "installation_state": "released" if site.released else "installing",
        "owner_email": site.owner_email if site.owner_state != "none" else "",
        "owner_state": site.owner_state,
        "released_at_s": site.released_at_s,
    }
