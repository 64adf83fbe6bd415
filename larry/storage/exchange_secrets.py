"""Secrets in an exchange file: taken out on import, put in only when they were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from larry.domain.hardware import Json
from larry.domain.ids import normalise_activation_code
from larry.storage.exchange_parts import list_at, object_at, refuse, text_at
from larry.storage.imported import SecretKey
from larry.storage.secret_store import NEVER_STORED, SITE_OWNER

_ON_NODES = ("activation_code", "wifi_password")
_ON_SITE = ("wifi_password",)


class SecretTaker:
    """Takes the secrets out of the objects of a file, so that they never reach `extra`."""

    def __init__(self) -> None:
        self.secrets: dict[SecretKey, str] = {}
        self.refused: list[str] = []

    def from_node(self, value: Any, place: str) -> Any:
        """Return a node's object without its secrets."""
        owner = value.get("id") if isinstance(value, dict) else None
        return self._take(value, owner, _ON_NODES, place) if isinstance(owner, str) else value

    def from_site(self, value: Any) -> Any:
        """Return the site's object without its secrets."""
        return self._take(value, SITE_OWNER, _ON_SITE, "site") if isinstance(value, dict) else value

    def from_list(self, data: Json) -> None:
        """Take the list `secrets` of objects with owner, name and value."""
        for number, value in enumerate(list_at(data, "secrets", "secrets")):
            place = f"secrets[{number}]"
            entry = object_at(value, place)
            owner, name, text = (
                text_at(entry.get(key), f"{place}.{key}") for key in ("owner", "name", "value")
            )
            if name.strip().lower() in NEVER_STORED:
                self._refuse(owner, name)
            else:
                self.secrets[owner, name] = text

    def _take(self, value: Json, owner: str, names: tuple[str, ...], place: str) -> Json:
        left = dict(value)
        for key in value:
            if key in names:
                self._keep(owner, key, left.pop(key), place)
            elif key.strip().lower() in NEVER_STORED:
                left.pop(key)
                self._refuse(owner, key)
        return left

    def _keep(self, owner: str, name: str, value: Any, place: str) -> None:
        if value is None or value == "":
            return
        if not isinstance(value, str):
            raise refuse(f"{place}.{name}", "must be text")  # the value itself is never shown
        text = text_at(value, f"{place}.{name}")
        self.secrets[owner, name] = normalise_activation_code(text) if name == "activation_code" else text

    def _refuse(self, owner: str, name: str) -> None:
        self.refused.append(f"{name} of {owner}: a PIN or Code is never stored.")


def put_secrets(document: Json, secrets: Mapping[SecretKey, str]) -> None:
    """Write secrets into the document of an exchange file."""
    places: dict[str, Json] = {node["id"]: node for node in document["nodes"]}
    rest: list[Json] = []
    for (owner, name), value in secrets.items():
        if owner in places and name in _ON_NODES:
            places[owner][name] = value
        elif owner == SITE_OWNER and owner not in places and name in _ON_SITE:
            document["site"][name] = value
        else:
            rest.append({"owner": owner, "name": name, "value": value})
    if rest:
        document["secrets"] = rest
