"""Time limits as they are published, and the day on which something handed in now is due."""

from datetime import datetime

from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.frames import frame, word
from motcua.assistant.answering.money import kinds
from motcua.catalog.content import Content, LimitRule
from motcua.directory.queries import calendars
from motcua.kernel.worktime import VIETNAM, OutsideCalendar, prove

_MOST_LIMITS = 3


def limit_words(draft: Draft, rule: LimitRule | None) -> str:
    """Return a limit in words, "" when none is published."""
    if rule is None:
        return ""
    if rule.limit is None:
        return rule.text.strip()
    return rule.limit.words(draft.language)


def main_rule(content: Content, case: str) -> LimitRule | None:
    """Return the limit that decides at the counter, else of the first channel that has one."""
    for kind in kinds(content) or [""]:
        rule = content.limit_rule_for(kind, case)
        if rule is not None:
            return rule
    return None


def by_channel(draft: Draft, content: Content, case: str) -> dict[str, str]:
    """Return the limit of each channel in words."""
    told = {
        kind: limit_words(draft, content.limit_rule_for(kind, case)) for kind in kinds(content)
    }
    return {kind: words for kind, words in told.items() if words}


def by_case(draft: Draft, content: Content) -> dict[str, str]:
    """Return the limit of each case that has one of its own."""
    names = {case.key: case.name for case in content.cases}
    found: dict[str, str] = {}
    for channel in content.channels:
        for rule in channel.limits:
            said = limit_words(draft, rule)
            if rule.case in names and said:
                found.setdefault(names[rule.case], said)
    return found


def short(draft: Draft, content: Content, case: str) -> str:
    """Return the limit in a few words, for the first sentence."""
    rule = main_rule(content, case)
    if rule is None:
        return frame(draft, "time_unknown")
    several = [] if case else _differing(draft, content)
    if several:
        return frame(draft, "in_time_by_case", limits=frame(draft, "or").join(several))
    if rule.limit is None:
        return frame(draft, "time_text", text=rule.text.strip()[:120])
    if rule.limit.value == 0:
        return frame(draft, "at_once")
    return frame(draft, "in_time", limit=limit_words(draft, rule))


def _differing(draft: Draft, content: Content) -> list[str]:
    """Return the limits in words where the cases differ, [] where one word holds for all."""
    rules = [main_rule(content, case.key) for case in content.cases]
    known = [rule for rule in rules if rule is not None and rule.limit is not None]
    known.sort(key=lambda rule: float(rule.value or 0))
    told = list(dict.fromkeys(limit_words(draft, rule) for rule in known))
    return told if 1 < len(told) <= _MOST_LIMITS and len(known) == len(rules) else []


def due_at(content: Content, case: str, at: datetime) -> datetime | None:
    """Return when a dossier complete at that moment is due, None when no limit is a number."""
    rule = main_rule(content, case)
    if rule is None or rule.limit is None:
        return None
    try:
        return prove(calendars.calendar_for(""), at.astimezone(VIETNAM), rule.limit).due_at
    except (OutsideCalendar, LookupError):
        return None


def channel_word(draft: Draft, kind: str) -> str:
    """Return the channel as people say it."""
    return word(draft, "channel", kind)
