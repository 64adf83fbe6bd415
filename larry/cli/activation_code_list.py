"""A list of activation codes: CSV with the IQ's name (or id, Device ID, MAC) and its code."""

from __future__ import annotations

import csv
from pathlib import Path

from larry.domain.ids import normalise_activation_code
from larry.domain.kind import Kind
from larry.domain.site import Site
from larry.errors import FileUnreachableError, InputError


def read_activation_codes(path: Path, site: Site) -> dict[str, str]:
    """Return the codes by node id. A first row of titles is passed over; a code is never part of an error.

    Raises:
        FileUnreachableError: the file cannot be read.
        InputError: a row names no IQ of the project.
    """
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise FileUnreachableError(f"{path.name} cannot be read.", why=f"{error.strerror}.") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path.name} is not UTF-8 text.", remedy="Save it as CSV, UTF-8.") from error
    names = _names(site)
    codes: dict[str, str] = {}
    for number, row in enumerate(csv.reader(text.splitlines(), delimiter=_delimiter(text)), start=1):
        cells = [cell.strip() for cell in row]
        if len(cells) < 2 or not cells[0]:
            continue
        node_id = names.get(cells[0].casefold())
        if node_id is not None:
            codes[node_id] = normalise_activation_code(cells[1])
        elif number > 1:
            raise InputError(
                f"Row {number} of {path.name} names no IQ of the project.",
                remedy="Write the IQ's name as in the plan, then its activation code.",
            )
    return codes


def _names(site: Site) -> dict[str, str]:
    iqs = [node for node in site.nodes.values() if node.kind is Kind.IQ]
    return {
        key.casefold(): node.id
        for node in iqs
        for key in (node.mac, node.device_id, node.id, node.name)
        if key
    }


def _delimiter(text: str) -> str:
    first = text.partition("\n")[0]
    return ";" if first.count(";") > first.count(",") else ","
