"""A procedure in plain words: how long, how much, what to bring. No database."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from motcua.catalog.content import Component, Content, FeeRule
from motcua.kernel.money import vnd
from motcua.web.ui import words
from motcua.web.ui.prose import head_and_rest

DATABASES = {
    "population": gettext_lazy("Cơ sở dữ liệu quốc gia về dân cư"),
    "residence": gettext_lazy("Cơ sở dữ liệu về cư trú"),
    "civil": gettext_lazy("Cơ sở dữ liệu hộ tịch điện tử"),
    "land": gettext_lazy("Cơ sở dữ liệu đất đai"),
    "business": gettext_lazy("Cơ sở dữ liệu đăng ký kinh doanh"),
    "insurance": gettext_lazy("Cơ sở dữ liệu bảo hiểm"),
    "social": gettext_lazy("Cơ sở dữ liệu an sinh xã hội"),
    "criminal": gettext_lazy("Cơ sở dữ liệu lý lịch tư pháp"),
    "driving": gettext_lazy("Cơ sở dữ liệu giấy phép lái xe"),
}
CHANNELS = {
    "counter": gettext_lazy("tại quầy"),
    "online": gettext_lazy("qua mạng"),
    "post": gettext_lazy("qua bưu chính"),
}
_PER = {
    "page": gettext_lazy("một trang"),
    "copy": gettext_lazy("một bản"),
    "person": gettext_lazy("một người"),
    "item": gettext_lazy("một trường hợp"),
}
_NAME_LONGEST = 150
_SHORT_NOTE = 70
_NUMBERED = re.compile(r"^Bước\s+\d+\s*[:.)–-]?\s*", re.IGNORECASE)


@dataclass(frozen=True)
class Answer:
    """One answer of the first screen: the short answer and what qualifies it."""

    short: str
    more: str = ""


@dataclass(frozen=True)
class PaperLine:
    """One paper as a person reads it; is_free when a database already holds it."""

    key: str
    name: str
    rest: str
    note: str
    quantity: str
    is_free: bool
    is_required: bool
    database: str
    is_form: bool


def how_long(content: Content, case: str) -> Answer:
    """Return how long it takes at the counter, and where another channel differs."""
    told = {kind: limit_words(content, kind, case) for kind in _kinds(content)}
    known = [word for word in told.values() if word]
    if not known:
        return Answer(_("Ghi trên giấy hẹn"), _("Danh mục công bố chưa có thời hạn bằng số."))
    short, rest = head_and_rest(told.get("counter") or known[0], 60)
    others = [
        f"{str(CHANNELS.get(kind, kind)).capitalize()}: {word}."
        for kind, word in told.items()
        if word and word != (told.get("counter") or known[0])
    ]
    return Answer(_upper_first(short), " ".join([rest, *others]).strip())


def how_much(content: Content, case: str) -> Answer:
    """Return the charge, the cheapest channel first, in one line and its conditions."""
    sums = {kind: charge_words(content, kind, case) for kind in _kinds(content)}
    lines = {kind: told for kind, told in sums.items() if told}
    if not lines:
        return Answer(_("Không mất tiền") if content.channels else _("Hỏi tại quầy"))
    kinds = list(dict.fromkeys(lines.values()))
    if len(kinds) == 1:
        return Answer(kinds[0], _fee_notes(content, case))
    online = lines.get("online")
    first = "online" if online and "counter" in lines else next(iter(lines))
    others = [f"{lines[kind]} {CHANNELS[kind]}." for kind in lines if lines[kind] != lines[first]]
    more = " ".join([*dict.fromkeys(others), _fee_notes(content, case)]).strip()
    return Answer(f"{lines[first]} {CHANNELS[first]}", more)


def what_you_get(content: Content) -> Answer:
    """Return the result in one line."""
    if not content.results:
        return Answer(_("Kết quả giải quyết"), "")
    short, rest = head_and_rest(content.results[0].name, 70)
    others = "; ".join(result.name for result in content.results[1:3])
    return Answer(short, ". ".join(part for part in (rest, others) if part))


def papers(content: Content, case: str) -> tuple[PaperLine, ...]:
    """Return the papers of a case: those to bring first, those that nobody has to bring last."""
    lines = [_paper(component) for component in content.components_for(case)]
    return tuple(sorted(lines, key=lambda line: (line.is_free, not line.is_required)))


def steps(content: Content, case: str) -> tuple[str, ...]:
    """Return the steps of a case, in order; where steps are numbered ("Bước 1"), what follows a
    number belongs to it."""
    texts = [step.text for step in content.steps if step.case in ("", case)]
    if not any(_NUMBERED.match(text) for text in texts):
        return tuple(texts)
    found: list[str] = []
    for text in texts:
        if _NUMBERED.match(text) or not found:
            found.append(_upper_first(_NUMBERED.sub("", text)))
        else:
            found[-1] += f"\n+ {text}"
    return tuple(found)


def laws(content: Content) -> tuple[tuple[str, str], ...]:
    """Return number and name of the legal texts; a name that only repeats the number is left out."""
    said = ((law.number, head_and_rest(law.name, 220)[0]) for law in content.legal)
    return tuple(
        (number, "" if number in name and len(name) < len(number) + 16 else name)
        for number, name in said
    )


def _kinds(content: Content) -> list[str]:
    order = ("counter", "online", "post")
    return sorted(
        (c.kind for c in content.channels), key=lambda k: order.index(k) if k in order else 9
    )


def limit_words(content: Content, kind: str, case: str) -> str:
    """Return the time limit of a channel in words, "" when none is published."""
    rule = content.limit_rule_for(kind, case)
    if rule is None:
        return ""
    return rule.limit.words(words.language()) if rule.limit is not None else rule.text


def charge_words(content: Content, kind: str, case: str) -> str:
    """Return the charge of a channel in words, "" when none is published."""
    amounts = [_fee_words(fee) for fee in content.fees_for(kind, case)]
    known = list(dict.fromkeys(word for word in amounts if word))
    if len(known) > 1:
        known = [word for word in known if word != _("Không mất tiền")] or known
    return known[0] if known else ""


def _fee_words(fee: FeeRule) -> str:
    if fee.amount_vnd == 0:
        return _("Không mất tiền")
    if fee.amount_vnd is None:
        return _("Theo mức địa phương") if fee.text else ""
    return " ".join(part for part in (vnd(fee.amount_vnd), str(_PER.get(fee.per, ""))) if part)


def _fee_notes(content: Content, case: str) -> str:
    """What else must be known of the charges: the second and third, and the first condition."""
    charged = [fee for kind in _kinds(content) for fee in content.fees_for(kind, case)]
    notes = [head_and_rest(fee.text, 120)[0] for fee in charged if _says_more(fee)][:1]
    kind = next(iter(_kinds(content)), "")
    further = [fee for fee in content.fees_for(kind, case)[1:3] if fee.amount_vnd]
    named = [f"{fee.name}: {_fee_words(fee)}" for fee in further]
    return " ".join(f"{note}." for note in dict.fromkeys([*named, *notes]))


def _says_more(fee: FeeRule) -> bool:
    """Whether the words say more than the amount does."""
    amount = f"{fee.amount_vnd or 0:,}".replace(",", ".")
    repeats = len(fee.text) < _SHORT_NOTE and (amount in fee.text or not fee.amount_vnd)
    return bool(fee.text) and not repeats


def _paper(component: Component) -> PaperLine:
    name, rest = head_and_rest(component.name, _NAME_LONGEST)
    return PaperLine(
        key=component.key,
        name=name,
        rest=rest,
        note=component.note,
        quantity=quantity(component),
        is_free=bool(component.held_by),
        is_required=component.required,
        database=str(DATABASES.get(component.held_by, component.held_by)),
        is_form=bool(component.form),
    )


def quantity(component: Component) -> str:
    """Return "1 bản chính, 2 bản sao"."""
    parts = []
    if component.originals:
        parts.append(
            ngettext("%(n)d bản chính", "%(n)d bản chính", component.originals)
            % {"n": component.originals}
        )
    if component.copies:
        parts.append(
            ngettext("%(n)d bản sao", "%(n)d bản sao", component.copies) % {"n": component.copies}
        )
    return ", ".join(parts)


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]
