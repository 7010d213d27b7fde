"""Names of files as people gave them, made harmless. Rule of the house."""

import re
import unicodedata

ENDINGS = {
    "application/pdf": (".pdf",),
    "image/jpeg": (".jpg", ".jpeg", ".jpe", ".jfif"),
    "image/png": (".png",),
    "image/webp": (".webp",),
    "image/heic": (".heic", ".heif", ".hif"),
}
_ALL_ENDINGS = frozenset(ending for endings in ENDINGS.values() for ending in endings)
LONGEST = 150

_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')


def clean_name(name: str, content_type: str) -> str:
    """Return the name without folders, control and direction characters, with a true ending."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    visible = "".join(char for char in last if unicodedata.category(char)[0] != "C")
    stem = _FORBIDDEN.sub("_", visible).rstrip(" .")
    ending = ending_of(stem)
    if ending in _ALL_ENDINGS:  # a photograph of a phone became a JPEG; its ending follows
        stem = stem[: -len(ending)]
    if ending not in ENDINGS[content_type]:
        ending = ENDINGS[content_type][0]
    stem = stem.strip(" .")
    return f"{stem[: LONGEST - len(ending)] or 'tep'}{ending}"


def ending_of(name: str) -> str:
    """Return the ending in small letters (".pdf"), or "" where the name has none.

    A last part that is long or has a space ("Đơn 1. Bản khai") is not an ending.
    """
    match = re.search(r"(\.[A-Za-z0-9]{1,8})\s*$", name)
    return match[1].lower() if match else ""
