"""Which template of a paper is in force on a day, from the manifest beside its templates."""

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

TEMPLATES = Path(__file__).parent / "templates"


class NoTemplateInForce(LookupError):
    """No version of the paper was in force on that day."""


@dataclass(frozen=True, kw_only=True)
class Template:
    """One version of a paper: the file that draws it and what the circular calls it."""

    key: str
    file: str
    valid_from: date
    source: str
    form: str
    title: str
    size: str

    @property
    def path(self) -> Path:
        """Return where the Typst source is."""
        return TEMPLATES / self.key / self.file


def in_force(key: str, on: date) -> Template:
    """Return the template of the paper that was in force on the day.

    Raises NoTemplateInForce: the paper did not exist yet.
    """
    for template in reversed(versions(key)):
        if template.valid_from <= on:
            return template
    raise NoTemplateInForce(f"paper {key} has no template in force on {on:%d/%m/%Y}")


@cache
def versions(key: str) -> tuple[Template, ...]:
    """Return every version of the paper, oldest first.

    Raises NoTemplateInForce: there is no such paper.
    """
    if key not in keys():
        raise NoTemplateInForce(f"there is no paper {key!r}")
    manifest = tomllib.loads((TEMPLATES / key / "manifest.toml").read_text("utf-8"))
    found = [Template(key=key, **entry) for entry in manifest["version"]]
    return tuple(sorted(found, key=lambda template: template.valid_from))


@cache
def keys() -> tuple[str, ...]:
    """Return the key of every paper there is a template for."""
    return tuple(sorted(path.parent.name for path in TEMPLATES.glob("*/manifest.toml")))
