"""The owner's page: profile, password, accept. Plain HTML, for rehearsal in any browser."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import parse_qs

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from larry.cloud.owner_password import password_problems
from larry.simulator.practice_cloud.cloud_state import CloudState
from larry.simulator.practice_cloud.site_record import SiteRecord

_PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>{title}</title><style>
body{{font:16px/1.5 Inter,system-ui,sans-serif;max-width:32rem;margin:3rem auto;padding:0 1rem;
background:#F5F6F8;color:#15181E}}
label{{display:block;margin:1rem 0 .25rem;font-weight:500}}
input:not([type=checkbox]){{width:100%;padding:.5rem;border:1px solid #838B98;border-radius:6px;
font:inherit;box-sizing:border-box}}
button{{margin-top:1.5rem;padding:.6rem 1.2rem;border:0;border-radius:6px;background:#4447C9;color:#fff;
font:inherit}}
.error{{color:#B3261E}} .note{{color:#454D5A}}
</style></head><body><p class="note">Practice cloud</p><h1>{title}</h1>{body}</body></html>"""

_FORM = """{problems}<p>You were invited with <strong>{email}</strong>.</p>
<form method="post" autocomplete="off">
<label for="first">First name</label><input id="first" name="first_name" value="{first}" required>
<label for="last">Last name</label><input id="last" name="last_name" value="{last}" required>
<label for="pw">Password</label><input id="pw" name="password" type="password" required
 aria-describedby="rule">
<p class="note" id="rule">8 characters or more, with a capital letter, a small letter, two digits and a sign
 that is neither letter nor digit.</p>
<label for="pw2">Password again</label><input id="pw2" name="password_again" type="password" required>
<label><input type="checkbox" name="accept" value="yes" required> I accept the ownership of {site}</label>
<button>Accept</button></form>"""


class OwnerPage:
    """Handlers of `/practice/owner/{token}`; the token of the invitation is the key."""

    def __init__(self, state: CloudState) -> None:
        self._state = state

    def routes(self) -> list[Route]:
        """Return the routes."""
        return [
            Route("/practice/owner/{token}", self.show, methods=["GET"]),
            Route("/practice/owner/{token}", self.accept, methods=["POST"]),
        ]

    async def show(self, request: Request) -> Response:
        """Show the form, or what is reached."""
        site = self._site(request)
        if site is None:
            return _unknown()
        return _accepted(site) if site.owner_state == "accepted" else _form(site, {}, [])

    async def accept(self, request: Request) -> Response:
        """Take the owner's answers."""
        site = self._site(request)
        if site is None:
            return _unknown()
        if site.owner_state == "accepted":
            return _accepted(site)
        fields = parse_qs((await request.body()).decode("utf-8", "replace"))
        answers = {name: values[0].strip() for name, values in fields.items()}
        problems = _problems(answers)
        if problems:
            return _form(site, answers, problems)
        self._state.accounts.set_password(site.owner_email, answers["password"])
        site.owner_profile = (answers["first_name"], answers["last_name"])
        site.owner_state = "accepted"
        return _accepted(site)

    def _site(self, request: Request) -> SiteRecord | None:
        token = request.path_params["token"]
        return next((site for site in self._state.sites.values() if site.owner_token == token), None)


def _problems(answers: Mapping[str, str]) -> list[str]:
    problems = [f"{label} is empty." for name, label in _NAMES if not answers.get(name)]
    missing = password_problems(answers.get("password", ""))
    if missing:
        problems.append(f"The password still needs {', '.join(missing)}.")
    elif answers.get("password") != answers.get("password_again"):
        problems.append("The two passwords differ.")
    if answers.get("accept") != "yes":
        problems.append("The ownership is not accepted yet: tick the box.")
    return problems


_NAMES = (("first_name", "First name"), ("last_name", "Last name"))


def _form(site: SiteRecord, answers: Mapping[str, str], problems: list[str]) -> Response:
    body = _FORM.format(
        problems="".join(f'<p class="error" role="alert">{escape(problem)}</p>' for problem in problems),
        email=escape(site.owner_email),
        site=escape(site.name),
        first=escape(answers.get("first_name", "")),
        last=escape(answers.get("last_name", "")),
    )
    return _page(f"Your invitation to {site.name}", body, 422 if problems else 200)


def _accepted(site: SiteRecord) -> Response:
    state = (
        "The installer released the site: it is yours to manage."
        if site.released
        else "The installer has not released the site yet; you manage it as soon as that is done."
    )
    return _page(f"Welcome, {' '.join(site.owner_profile)}", f"<p>You own {escape(site.name)}. {state}</p>")


def _unknown() -> Response:
    body = "<p>This invitation is not known. Ask your installer to send it again.</p>"
    return _page("Invitation not known", body, 404)


def _page(title: str, body: str, status: int = 200) -> Response:
    page = _PAGE.format(title=escape(title), body=body)
    headers = {"Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'"}
    return HTMLResponse(page, status_code=status, headers=headers)
