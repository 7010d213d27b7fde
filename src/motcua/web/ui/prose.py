"""Published text as HTML: the national catalogue marks lists with "+", "-" and "*" in plain text."""

import re

from django.utils.html import escape, format_html_join
from django.utils.safestring import SafeString, mark_safe

_MARK = re.compile(r"^\s*(?:[+*•●–-]|[0-9a-zđ]{1,2}[.)])\s+", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[+*•●–-]\s*")


def blocks(text: str) -> list[tuple[str, list[str]]]:
    """Return the text as ("p", [paragraph]) and ("ul", items), in order; empty lines fall away."""
    found: list[tuple[str, list[str]]] = []
    for raw in text.replace("\r", "").split("\n"):
        line = raw.strip()
        if not line:
            continue
        if not _BULLET.match(line):
            found.append(("p", [line]))
        elif found and found[-1][0] == "ul":
            found[-1][1].append(_BULLET.sub("", line))
        else:
            found.append(("ul", [_BULLET.sub("", line)]))
    return [(kind, [item for item in items if item]) for kind, items in found]


def prose_html(text: str) -> SafeString:
    """Return the text as paragraphs and lists, escaped."""
    parts = []
    for kind, items in blocks(text):
        if kind == "p":
            parts.append(f"<p>{escape(items[0])}</p>")
        else:
            lines = format_html_join("", "<li>{}</li>", ((item,) for item in items))
            parts.append(f'<ul class="bullets">{lines}</ul>')
    return mark_safe("".join(parts))  # noqa: S308 - every piece above is escaped


def listed_html(text: str) -> SafeString:
    """Return several lines as one list, whatever marks they begin with; one line as a paragraph."""
    lines = [_BULLET.sub("", line.strip()) for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return prose_html(text)
    items = format_html_join("", "<li>{}</li>", ((line,) for line in lines))
    return mark_safe(f'<ul class="bullets">{items}</ul>')  # noqa: S308 - escaped above


def head_and_rest(text: str, longest: int = 140) -> tuple[str, str]:
    """Return a short name and what follows it: cut at the end of a clause, else between words."""
    line = _MARK.sub("", " ".join(text.split())).strip()
    if len(line) <= longest:
        return line.rstrip(";."), ""
    cut = max(line.rfind(mark, 30, longest) for mark in (". ", "; ", ": ", " (", ", "))
    if cut < 0:
        cut = line.rfind(" ", 0, longest)
    return line[:cut].rstrip(" ;:,."), line[cut:].strip(" ;:,.")
