"""Where to go: the centre of the person's commune, its hours and telephone."""

import re
from datetime import date

from motcua.assistant import knowledge
from motcua.assistant.answering import dates, pages, threading, wording
from motcua.assistant.answering.answer import Action, Block, Claim, Outcome
from motcua.assistant.answering.draft import Draft, Stop
from motcua.assistant.answering.frames import frame, hotline
from motcua.assistant.answering.lead import where
from motcua.assistant.answering.sections import cite
from motcua.catalog.content import Content
from motcua.directory.models import Agency, Place
from motcua.directory.queries import calendars, territory
from motcua.kernel.worktime.week import week_words
from motcua.kernel.worktime.words import day_words

_SURE = 0.9
_NEAR = 0.93
_SPEAKS = 0.6
_MOST = 5
_LONG = 420
_SENTENCES = re.compile(r"(?<=[.;])\s+|\n+")
_HANDS_IN = re.compile(
    r"(?i)(nộp|đến|gửi)[^.;]{0,120}(công an|ủy ban|trung tâm|sở |chi nhánh|văn phòng|cơ quan|bảo hiểm)"
)


def block(draft: Draft, content: Content | None) -> Block | None:
    """Where it is filed, who decides, and the centre of the commune that was named."""
    claims = []
    if content is not None:
        source = (cite(draft, "places"),)
        claims.append(Claim(f"{where(draft, content)}.", source, exact=True))
        if content.authority:
            said = frame(
                draft, "decides", authority=" ".join(content.authority.split()).rstrip(".")
            )
            claims.append(Claim(said, source, exact=True))
        claims += _steps_say(draft, content)
    centre = _centre(draft, content)
    if centre is not None:
        claims += _centre_claims(draft, centre)
    return Block("facts", tuple(claims), frame(draft, "where")) if claims else None


def _steps_say(draft: Draft, content: Content) -> list[Claim]:
    """The first published step that says where the papers are handed in."""
    for step in content.steps:
        for sentence in _SENTENCES.split(step.text):
            if _HANDS_IN.search(sentence) and len(sentence) < _LONG:
                return [Claim(sentence.strip(), (cite(draft, "steps"),), exact=True)]
    return []


def territory_of(draft: Draft) -> Draft:
    """Answer what communes an old unit became, from the list of places."""
    if not draft.text.finds("words", "territory", "say"):
        return draft
    try:
        found = knowledge.find(draft.text.said, on=draft.on, limit=8, kinds=("place",))
    except knowledge.NothingKnown:
        return draft
    kept = [one for one in found if one.score >= _NEAR * found[0].score][:_MOST]
    if not kept or kept[0].score < _SPEAKS:
        return draft
    claims = []
    for one in kept:
        row = one.passage
        source = draft.cite(row.title, url=row.url, quote=row.text, kind="place")
        claims.append(Claim(row.text.strip(), (source,), exact=True))
    draft.say("list", *claims, title=frame(draft, "places_found"))
    address = pages.page("portal:places")
    draft.actions.append(Action(frame(draft, "act_places"), address, "open"))
    raise Stop(Outcome.ANSWERED, _SURE)


def directory(draft: Draft) -> Draft:
    """Answer what only the directory knows: hours of a centre, whether a day is off, the hotline."""
    own = threading.own_words(draft)
    about = draft.text.finds("words", "directory", "say")
    if "hours" not in draft.asked and not about:
        return draft
    named = named_place(draft)
    rest = [word for word in own if named is None or word not in named.name_folded.split()]
    rest = [word for word in rest if word not in wording.words_of("words", "directory", "quiet")]
    last = threading.before(draft)
    if rest and last is None:
        return draft
    block = hours(draft)
    if block is None:
        return draft
    draft.blocks.append(block)
    address = pages.page("portal:places")
    draft.actions.append(Action(frame(draft, "act_places"), address, "open"))
    call = frame(draft, "act_call", number=hotline())
    draft.actions.append(Action(call, f"tel:{hotline()}", "call"))
    if last is not None:
        draft.code = last.procedures[0]
    raise Stop(Outcome.ANSWERED, _SURE)


def hours(draft: Draft) -> Block | None:
    """When the centre is open, and whether a named day is off."""
    centre = _centre(draft, None) or _provincial()
    if centre is None:
        return None
    return Block("facts", (*_days_off(draft, centre), *_centre_claims(draft, centre)))


def _days_off(draft: Draft, centre: Agency) -> list[Claim]:
    """Whether the days that were named are worked."""
    try:
        calendar = calendars.calendar_for(centre.calendar_key)
    except LookupError:
        return []
    claims = []
    days = dates.named(draft.text.said, draft.on) + dates.near(draft.text.said, draft.on)
    for day in dict.fromkeys(days):
        told = day_words(day, draft.language)
        if calendar.is_working_day(day):
            said = frame(draft, "open_on", day=told)
        else:
            reason = calendar.reason_off(day, lang=draft.language)
            said = frame(draft, "hours_closed", day=told, reason=reason)
        title = "Lịch làm việc" if draft.language == "vi" else "Working calendar"
        source = draft.cite(title, url=pages.page("portal:places"), quote=said, kind="hours")
        claims.append(Claim(said, (source,), exact=True))
    return claims


def named_place(draft: Draft) -> Place | None:
    """Return the commune that the question names, else the person's own."""
    said = f" {draft.text.folded} "
    found = [
        one
        for one in territory.communes()
        if f" {one.name_folded} " in said and _is_named(said, one.name_folded)
    ]
    if found:
        return max(found, key=lambda one: len(one.name_folded))
    return territory.place(draft.place) if draft.place else None


def _is_named(said: str, name: str) -> bool:
    """A name of one syllable counts only behind its kind."""
    if len(name.split()) > 1:
        return True
    return any(f" {kind} {name} " in said for kind in ("xa", "phuong", "dac khu"))


def _centre(draft: Draft, content: Content | None) -> Agency | None:
    place = named_place(draft)
    if place is not None and (content is None or "commune" in content.levels):
        draft.place = place.pk
        return next((a for a in territory.centres() if a.place_id == place.pk), None)
    if content is not None and "commune" not in content.levels:
        return _provincial()
    return None


def _provincial() -> Agency | None:
    return next((a for a in territory.centres() if a.level == "province"), None)


def _centre_claims(draft: Draft, centre: Agency) -> list[Claim]:
    url = pages.page("portal:place", centre.place_id) if centre.place_id else ""
    address = centre.address or (centre.place.seat_address if centre.place else "")
    opened = opening(centre.calendar_key, draft.on, draft.language)
    quote = f"{centre.name}; {address}; {centre.phone or hotline()}; {opened}"
    source = (
        draft.cite(centre.name, url=url or pages.page("portal:places"), quote=quote, kind="place"),
    )
    phone = centre.phone or hotline()
    said = ", ".join(part for part in (centre.name, address, phone) if part)
    claims = [Claim(f"{said}.", source, exact=True)]
    if opened:
        claims.append(Claim(frame(draft, "hours", hours=opened), source, exact=True))
    return claims


def opening(key: str, on: date, language: str) -> str:
    """Return the hours of an ordinary week, nothing where there is no such calendar."""
    try:
        return week_words(calendars.calendar_for(key), on, language)
    except LookupError:
        return ""
