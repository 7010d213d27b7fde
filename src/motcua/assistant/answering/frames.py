"""The sentences around what is copied from rows, in the language of the question."""

from motcua.assistant.answering import phrases
from motcua.assistant.answering.draft import Draft


def frame(draft: Draft, key: str, **filled: object) -> str:
    """Return the sentence of that key, filled in."""
    written: str = phrases.table("frames")[key][draft.language]
    return written.format(**filled) if filled else written


def word(draft: Draft, group: str, key: str) -> str:
    """Return one word of a group (a channel, a facet), the key itself where it is not listed."""
    said: str = phrases.table("frames")[group].get(key, {}).get(draft.language, key)
    return said


def hotline() -> str:
    """Return the number to call about anything."""
    return str(phrases.table("frames")["contacts"]["hotline"])
