"""Column names of door lists as offices write them, and what a cell may hold."""

from __future__ import annotations

import re
import unicodedata

from larry.domain.kind import Kind

# English, German, Spanish, French, Dutch; compared without case, accents, blanks and punctuation.
_NAMES: dict[str, tuple[str, ...]] = {
    "name": (
        "name", "door", "door name", "room", "room name", "room number", "room no", "lock", "lock name",
        "description", "label", "tür", "türname", "türbezeichnung", "türnummer", "raum", "raumname",
        "raumnummer", "raumbezeichnung", "zimmer", "zimmernummer", "bezeichnung", "schloss", "puerta",
        "nombre", "habitación", "cerradura", "sala", "porte", "nom", "chambre", "pièce", "serrure", "local",
        "deur", "naam", "kamer", "ruimte", "slot", "deurnaam", "kamernummer", "omschrijving",
    ),
    "kind": (
        "kind", "device", "device kind", "device type", "hardware type", "hardware", "art", "geräteart",
        "gerätetyp", "gerät", "tipo", "tipo de dispositivo", "genre", "type d'appareil", "soort", "apparaat",
    ),
    "model": (
        "model", "type", "lock type", "product", "article", "modell", "typ", "schlosstyp", "produkt",
        "artikel", "beschlag", "modelo", "producto", "artículo", "modèle", "produit", "slottype",
    ),
    "floor": (
        "floor", "level", "storey", "story", "etage", "geschoss", "geschoß", "stockwerk", "stock", "ebene",
        "planta", "piso", "nivel", "étage", "niveau", "verdieping", "bouwlaag",
    ),
    "x_m": ("x", "x m", "x meter", "pos x", "x position", "coord x"),
    "y_m": ("y", "y m", "y meter", "pos y", "y position", "coord y"),
    "z_m": ("z", "z m", "height", "höhe", "altura", "hauteur", "hoogte"),
    "device_id": (
        "device id", "id", "serial", "serial number", "hardware id", "mac", "geräte id", "geräteid",
        "seriennummer", "gerätenummer", "id del dispositivo", "número de serie", "numéro de série",
        "identifiant", "serienummer", "apparaat id",
    ),
    "parent": (
        "parent", "iq", "repeater", "connected to", "attached to", "hub", "gateway", "verbunden mit",
        "conectado a", "connecté à", "verbonden met",
    ),
    "time_zone": ("time zone", "timezone", "zeitzone", "zona horaria", "fuseau horaire", "tijdzone"),
}  # fmt: skip

_KIND_WORDS: dict[Kind, tuple[str, ...]] = {
    Kind.LOCK: (
        "lock", "door", "schloss", "tür", "cerradura", "puerta", "serrure", "porte", "slot", "deur",
    ),
    Kind.REPEATER: ("repeater", "rep", "verstärker", "repetidor", "répéteur", "versterker"),
    Kind.IQ: ("iq", "hub", "gateway", "iq2"),
}  # fmt: skip

# Forms of locks, by the model ids of the catalogue.
_LOCK_MODELS: dict[str, tuple[str, ...]] = {
    "escutcheon": ("handle", "beschlag", "drücker", "escudo", "manilla", "béquille", "plaque", "schild",
                   "kruk"),
    "cylinder": ("zylinder", "knaufzylinder", "cilindro", "bombín", "cylindre", "cilinder"),
    "wall-reader": ("wall reader", "reader", "wandleser", "leser", "lector", "lector mural", "lecteur",
                    "lecteur mural", "lezer", "muurlezer"),
    "padlock": ("vorhängeschloss", "vorhangschloss", "candado", "cadenas", "hangslot"),
}  # fmt: skip

_PUNCTUATION = re.compile(r"[^a-z0-9]+")


def plain(text: str) -> str:
    """Return a word without case, accents, blanks and punctuation, for comparing."""
    bare = unicodedata.normalize("NFKD", text.replace("ß", "ss").casefold())
    return _PUNCTUATION.sub("", "".join(each for each in bare if not unicodedata.combining(each)))


_BY_PLAIN = {plain(word): field for field, words in _NAMES.items() for word in (field, *words)}
_KIND_BY_PLAIN = {plain(word): kind for kind, words in _KIND_WORDS.items() for word in words}
_MODEL_BY_PLAIN = {plain(word): model for model, words in _LOCK_MODELS.items() for word in (model, *words)}


def column_field(title: str) -> str | None:
    """Return the field a column title means, or None."""
    return _BY_PLAIN.get(plain(title))


def kind_of_word(text: str) -> Kind | None:
    """Return the kind of hardware a cell names, or None."""
    return Kind.LOCK if lock_model_of(text) else _KIND_BY_PLAIN.get(plain(text))


def lock_model_of(text: str) -> str | None:
    """Return the model id of the form of lock a cell names ("Zylinder" is `cylinder`), or None."""
    return _MODEL_BY_PLAIN.get(plain(text))


_LEVEL_WORDS = {
    0: ("eg", "erdgeschoss", "parterre", "ground", "ground floor", "g", "gf", "pb", "planta baja", "baja",
        "bajo", "rez de chaussée", "rdc", "begane grond", "bg"),
    -1: ("ug", "untergeschoss", "keller", "kg", "basement", "cellar", "sótano", "sous sol", "ss", "kelder"),
}  # fmt: skip
_LEVEL_BY_PLAIN = {plain(word): level for level, words in _LEVEL_WORDS.items() for word in words}
_NUMBERED = re.compile(r"^\D{0,12}?((?:(?<!\w)-)?\d{1,3})\D{0,12}$")
_BELOW = re.compile(r"ug|untergeschoss|keller|basement|sotano|soussol|kelder")


def level_of(text: str) -> int | None:
    """Return the level a floor's name means (ground 0, basement -1), or None."""
    if (level := _LEVEL_BY_PLAIN.get(plain(text))) is not None:
        return level
    found = _NUMBERED.match(text.strip())
    if found is None:
        return None
    level = int(found[1])
    return -level if level > 0 and _BELOW.search(plain(text)) else level
