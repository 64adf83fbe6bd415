"""Which address requests go to: https everywhere, plain http only inside this computer."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from typing import Self
from urllib.parse import urljoin, urlsplit

from larry.errors import InputError


@dataclass(frozen=True, slots=True)
class CloudHost:
    """The one host a client talks to.

    Attributes:
        origin: scheme, host and port, without a slash at the end.
        prefix: path before every route, "" or "/something".
        practice: the host is this computer, so it can only be a practice cloud.
    """

    origin: str
    prefix: str
    practice: bool

    @classmethod
    def from_url(cls, url: str) -> Self:
        """Read an address; `http` to another computer becomes `https`: the token must not travel openly.

        Raises:
            InputError: it is not the address of a web service.
        """
        try:
            parts = urlsplit(url.strip())
            host, port = parts.hostname, parts.port
        except ValueError:
            parts, host, port = urlsplit(""), None, None
        if parts.scheme not in {"http", "https"} or not host or parts.username or parts.query:
            raise InputError(
                "This is not the address of a cloud.",
                why="It must look like https://host or, for the practice cloud, http://127.0.0.1:8080.",
                remedy="Copy the address from the practice site or from your cloud's documentation.",
            )
        practice = _is_this_computer(host)
        scheme = parts.scheme if practice else "https"
        if not practice and port == 80:
            port = None
        name = f"[{host}]" if ":" in host else host
        return cls(f"{scheme}://{name}" + (f":{port}" if port else ""), parts.path.rstrip("/"), practice)

    def url(self, route: str) -> str:
        """Return the full address of a route such as "/v1.2/sites"."""
        return f"{self.origin}{self.prefix}{route}"

    def own_url(self, link: str, base: str) -> str:
        """Return a link the server gave (perhaps relative to `base`) on this host and scheme.

        Servers behind a balancer give `http` links and inner host names (domain.md 6: force https on links);
        the token goes nowhere else.
        """
        parts = urlsplit(urljoin(base, link))
        return f"{self.origin}{parts.path}" + (f"?{parts.query}" if parts.query else "")


def _is_this_computer(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
