"""What differs between our catalogue and a list. A rule of the house (118/2025/NĐ-CP Điều 38)."""

import hashlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz

from motcua.catalog.comparing import values as v
from motcua.catalog.comparing.matching import Names
from motcua.catalog.comparing.slips import slips_of
from motcua.catalog.comparing.values import Listed, plain, plain_agency
from motcua.catalog.content import Content

_SAME_PAPER = 86.0
_SAME_THING = 65.0
_SHOWN = 4
_NAME_CHARS = 160


@dataclass(frozen=True)
class Ours:
    """A procedure of our catalogue; `content` None where its parts are not asked for."""

    code: str
    name: str
    field: str = ""
    agency: str = ""
    is_offered: bool = True
    is_active: bool = True
    is_online: bool = False
    content: Content | None = None


@dataclass(frozen=True)
class Process:
    """The approved internal process of a procedure: its minutes, and those of the shortest limit."""

    minutes: int
    limit_minutes: int | None
    is_own: bool


@dataclass(frozen=True)
class Difference:
    """One thing that differs: what stands here and there; `key` names it from run to run."""

    kind: str
    code: str
    name: str
    here: str
    there: str
    part: str = ""

    @property
    def key(self) -> str:
        """What names the difference whatever its two sides say."""
        about = self.code or plain(self.name)
        text = "\x1f".join((self.kind, about, self.part))
        return hashlib.sha256(text.encode()).hexdigest()[:40]


def compare(
    *,
    ours: Mapping[str, Ours],
    listed: Iterable[Listed],
    is_whole: bool,
    processes: Mapping[str, Process],
) -> list[Difference]:
    """Return everything that differs, each once, in the order of the list.

    ours: by code. is_whole: a procedure of ours that the list does not name has ended. processes:
    of the procedures that we offer, by code.
    """
    rows = list(listed)
    names = Names({code: one.name for code, one in ours.items()})
    meant = _meant(rows, ours, names)
    found: dict[str, Difference] = {}
    met: set[str] = set()
    for place, row in enumerate(rows):
        code, candidates = _code_of(row, names, meant.get(place, ""))
        here = ours.get(code) if code else None
        if here is not None:
            met.add(here.code)
        for one in _of_row(row, here, candidates):
            found.setdefault(one.key, one)
    for one in (*_miscoded(rows, ours, meant), *_twice(rows),
                *_ended(ours, met, rows, is_whole=is_whole),
                *_processes(ours, met, processes)):  # fmt: skip
        found.setdefault(one.key, one)
    return list(found.values())


def _meant(rows: list[Listed], ours: Mapping[str, Ours], names: Names) -> dict[int, str]:
    """The right code of each line whose code is another procedure's, by its place."""
    found = {}
    for place, row in enumerate(rows):
        here = ours.get(row.code)
        if not row.code or not row.is_ours_to_offer:  # another province's own may share a name
            continue
        if here is None or plain(here.name) != plain(row.name):
            code = names.means(row.name)
            if code and code != row.code:
                found[place] = code
    return found


def _code_of(row: Listed, names: Names, meant: str) -> tuple[str, tuple[str, ...]]:
    """The code of a line, or the codes among which a person decides."""
    if meant or row.code:
        return meant or row.code, ()
    match = names.match(row.name)
    return match.code, match.candidates


def _miscoded(
    rows: list[Listed], ours: Mapping[str, Ours], meant: Mapping[int, str]
) -> Iterator[Difference]:
    """Names with the code of another procedure; a column that slipped is one difference."""
    slipped: set[int] = set()
    for slip in slips_of(rows, meant):
        slipped |= {row.line for row in slip.rows}
        first = slip.rows[0]
        yield Difference(
            v.SLIPPED, "", "Cột mã lệch với cột tên", "", slip.words,
            f"{first.line}:{slip.offset}",
        )  # fmt: skip
    for place, code in meant.items():
        row = rows[place]
        if row.line not in slipped:
            yield Difference(v.MISCODED, code, ours[code].name, code, row.code, row.code)


def _of_row(row: Listed, here: Ours | None, candidates: tuple[str, ...]) -> Iterator[Difference]:
    if candidates:
        text = "; ".join(candidates)
        yield Difference(v.AMBIGUOUS, "", row.name, text, _cut(row.name))
    elif here is None or not here.is_active:
        if row.is_active and row.is_ours_to_offer:
            yield Difference(v.LACKING, row.code, row.name, "", _cut(row.name))
    elif not row.is_active:
        if here.is_offered:
            yield Difference(v.ENDED, here.code, here.name, _cut(here.name), "")
    elif row.is_ours_to_offer:
        yield from _of_words(row, here)
        if row.content is not None and here.content is not None:
            yield from _of_parts(row, here, row.content, here.content)


def _of_words(row: Listed, here: Ours) -> Iterator[Difference]:
    if row.code == here.code and plain(row.name) != plain(here.name):
        if fuzz.token_set_ratio(plain(row.name), plain(here.name)) < _SAME_THING:
            yield Difference(v.MISCODED, here.code, here.name, _cut(here.name), _cut(row.name))
            return  # what else differs, differs because it is another procedure
        yield Difference(v.RENAMED, here.code, here.name, here.name, row.name)
    pairs = (
        (v.FIELD, here.field, row.field, plain),
        (v.AGENCY, here.agency, row.agency, plain_agency),
    )
    for kind, ours, theirs, form in pairs:
        if ours and theirs and form(ours) != form(theirs):
            yield Difference(kind, here.code, here.name, ours, theirs)
    if row.is_online and here.is_offered and not here.is_online:
        yield Difference(v.ONLINE, here.code, here.name, "trực tiếp", "trực tuyến")


def _of_parts(row: Listed, here: Ours, theirs: Content, ours: Content) -> Iterator[Difference]:
    """The parts that both sides say; what one side does not know is no difference."""

    def told(kind: str, left: Iterable[str], right: Iterable[str]) -> Difference:
        return Difference(kind, here.code, here.name, "; ".join(left), "; ".join(right))

    limits = v.limits_of(ours.channels), v.limits_of(theirs.channels)
    if all(limits) and set(limits[0]) != set(limits[1]):
        yield told(v.LIMIT, limits[0].values(), limits[1].values())
    fees = v.fees_of(ours.channels), v.fees_of(theirs.channels)
    if all(fees) and fees[0] != fees[1]:
        yield told(v.FEE, map(_money, fees[0]), map(_money, fees[1]))
    papers = _papers(ours), _papers(theirs)
    if all(papers):
        extra, lacking = _unlike(papers[0], papers[1]), _unlike(papers[1], papers[0])
        if extra or lacking:
            yield told(v.COMPONENTS, _some(extra), _some(lacking))
    if row.forms and here.is_online and ours.form is None:
        yield told(v.FORMS, (), _some(list(row.forms)))
    old, new = _laws(ours, theirs)
    if old or new:
        yield told(v.LEGAL, old, new)
    if ours.online_level and theirs.online_level and ours.online_level != theirs.online_level:
        yield Difference(
            v.ONLINE, here.code, here.name, ours.online_level, theirs.online_level, "level"
        )


def _laws(ours: Content, theirs: Content) -> tuple[list[str], list[str]]:
    """The legal texts that only ours names and only theirs; nothing where one side names none."""
    left, right = (
        {v.plain_number(one.number): one.number for one in side.legal} for side in (ours, theirs)
    )
    return (_unmet(left, right), _unmet(right, left)) if left and right else ([], [])


def _unmet(numbers: Mapping[str, str], others: Mapping[str, str]) -> list[str]:
    """The legal texts of one side that the other does not name."""
    return [
        text
        for key, text in numbers.items()
        if not any(v.is_same_number(key, other) for other in others)
    ]


def _papers(content: Content) -> list[str]:
    return [one.name for one in content.components if not v.is_note(one.name)]


def _unlike(names: list[str], others: list[str]) -> list[str]:
    """The papers that have no like on the other side."""
    known = [v.plain_paper(name) for name in others]
    return [
        name
        for name in names
        if not any(
            fuzz.token_set_ratio(v.plain_paper(name), other) >= _SAME_PAPER for other in known
        )
    ]


def _some(names: list[str]) -> list[str]:
    shown = [_cut(name) for name in names[:_SHOWN]]
    left = len(names) - len(shown)
    return [*shown, f"và {left} mục khác"] if left > 0 else shown


def _money(amount: int) -> str:
    return f"{amount:,} ₫".replace(",", ".")


def _cut(text: str) -> str:
    return text if len(text) <= _NAME_CHARS else text[: _NAME_CHARS - 1].rstrip() + "…"


def _twice(rows: list[Listed]) -> Iterator[Difference]:
    """Codes that the list names twice, and names that it gives to several codes."""
    codes = Counter(row.code for row in rows if row.code)
    by_name: dict[str, list[Listed]] = defaultdict(list)
    for row in rows:
        if row.is_ours_to_offer:
            by_name[plain(row.name)].append(row)
        if row.code and codes[row.code] > 1:
            lines = [str(one.line) for one in rows if one.code == row.code]
            yield Difference(v.TWICE, row.code, row.name, "", "dòng " + ", ".join(lines))
    for same in by_name.values():
        different = {row.code for row in same}
        if len(same) > 1 and (len(different) > 1 or different == {""}):
            where = ", ".join(f"{row.code or 'không mã'} (dòng {row.line})" for row in same[:6])
            yield Difference(v.TWICE, "", same[0].name, "", where, "name")


def _ended(
    ours: Mapping[str, Ours], met: set[str], rows: list[Listed], *, is_whole: bool
) -> Iterator[Difference]:
    if not is_whole:
        return
    named = {row.code for row in rows}
    for code, here in ours.items():
        if here.is_offered and here.is_active and code not in met and code not in named:
            yield Difference(v.ENDED, code, here.name, _cut(here.name), "")


def _processes(
    ours: Mapping[str, Ours], met: set[str], processes: Mapping[str, Process]
) -> Iterator[Difference]:
    """Of the procedures that we offer and the list names: processes that are missing or too long."""
    for code in sorted(met):
        here = ours[code]
        if not here.is_offered:
            continue
        process = processes.get(code)
        if process is None:
            yield Difference(v.NO_PROCESS, code, here.name, "", "")
        elif process.limit_minutes is not None and process.minutes > process.limit_minutes:
            yield Difference(
                v.PROCESS, code, here.name, _hours(process.minutes), _hours(process.limit_minutes)
            )


def _hours(minutes: int) -> str:
    return f"{minutes // 60} giờ làm việc"
