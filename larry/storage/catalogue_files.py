"""Reading the catalogue of rules and models from `resources/catalogue`."""

from __future__ import annotations

import tomllib
import zoneinfo
from functools import cache

from larry.domain.catalogue import Catalogue, CatalogueError, catalogue_from_data
from larry.errors import InputError
from larry.resource_paths import resource_path


@cache
def load_catalogue(profile: str = "default") -> Catalogue:
    """Return the catalogue of a rule profile.

    Raises:
        InputError: there is no such profile, or the file cannot be used.
    """
    path = resource_path("catalogue") / "salto-ks.toml"
    try:
        with path.open("rb") as file:
            data = tomllib.load(file)
        return catalogue_from_data(data, profile, _time_zones())
    except (OSError, tomllib.TOMLDecodeError, CatalogueError) as error:
        raise InputError(f"The rules of profile {profile!r} cannot be used.", why=str(error)) from error


@cache
def _time_zones() -> frozenset[str]:
    # The tz database has entries for its own use beside the zones of the world.
    names = zoneinfo.available_timezones()
    return frozenset(name for name in names if name not in {"Factory", "localtime", "posixrules"})
