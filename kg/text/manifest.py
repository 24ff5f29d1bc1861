"""Manifests: ``manifest.toml`` beside the articles says what they do not say themselves.

``["article.txt"]`` with any of ``title``, ``publisher``, ``published`` and ``home``.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from kg.text.document import Metadata
from kg.text.formats import Flaw, metadata

NAME = "manifest.toml"
_FIELDS = frozenset(field.name for field in fields(Metadata)) - {"published_inferred", "home_shared", "home_refused"}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is known of the files of one folder, by file name."""

    entries: Mapping[str, Metadata]
    flaws: tuple[Flaw, ...]
    """Entries, or parts of them, that were ignored; the place of each is its key."""


def load(folder: Path) -> Manifest:
    """The manifest of ``folder``; an empty one where there is none."""
    try:
        table = tomllib.loads((folder / NAME).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Manifest({}, ())
    except PermissionError:
        return Manifest({}, (Flaw("denied"),))
    except OSError as error:
        return Manifest({}, (Flaw("damaged", detail=error.strerror or ""),))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        return Manifest({}, (Flaw("manifest", detail=str(error)),))
    return _read(folder, table)


def _read(folder: Path, table: Mapping[str, object]) -> Manifest:
    entries: dict[str, Metadata] = {}
    flaws: list[Flaw] = []
    for key, entry in table.items():
        if not isinstance(entry, dict):
            flaws.append(Flaw("entry", key, "not a table"))
            continue
        if not (folder / key).is_file():
            flaws.append(Flaw("entry", key, "no such file"))
        flaws.extend(Flaw("entry", key, f"unknown field {name}") for name in entry if name not in _FIELDS)
        entries[key], bad = metadata({name: value for name, value in entry.items() if name in _FIELDS}, key)
        flaws.extend(bad)
    return Manifest(entries, tuple(flaws))
