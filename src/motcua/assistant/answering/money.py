"""Fees as they are published: amounts copied, tiers and ceilings beside them."""

import re
from datetime import date

from motcua.assistant.answering.draft import Draft
from motcua.assistant.answering.frames import frame, word
from motcua.catalog.content import Content, FeeRule
from motcua.kernel.money import grouped

_ORDER = ("counter", "online", "post")
_SHORT_NOTE = 70
# "áp dụng đến hết ngày 31/12/2023": a reduction that its own words end.
_UNTIL = re.compile(r"đến (?:hết )?(?:ngày )?(\d{1,2})/(\d{1,2})/(\d{4})")
_UNTIL_YEAR = re.compile(r"đến hết năm (\d{4})")


def kinds(content: Content) -> list[str]:
    """Return the channels in the order in which they are told."""
    known = [channel.kind for channel in content.channels]
    return sorted(known, key=lambda kind: _ORDER.index(kind) if kind in _ORDER else len(_ORDER))


def fees(content: Content, case: str, on: date) -> dict[str, tuple[FeeRule, ...]]:
    """Return the charges of a day by channel; without a case those of every case."""
    found = {}
    for channel in content.channels:
        rules = tuple(
            fee
            for fee in channel.fees
            if (not case or fee.case in ("", case)) and not has_ended(fee, on)
        )
        if rules:
            found[channel.kind] = rules
    return {kind: found[kind] for kind in kinds(content) if kind in found}


def has_ended(rule: FeeRule, on: date) -> bool:
    """Tell whether the published words say that this charge ended before the day."""
    ends = [date(int(y), 12, 31) for y in _UNTIL_YEAR.findall(rule.text)]
    for day, month, year in _UNTIL.findall(rule.text):
        try:
            ends.append(date(int(year), int(month), int(day)))
        except ValueError:  # 31/02: not a day, so it ends nothing
            continue
    return bool(ends) and max(ends) < on


def short(draft: Draft, content: Content, case: str) -> str:
    """Return the charge in a few words, for the first sentence."""
    told = fees(content, case, draft.on)
    if not told:
        return frame(draft, "fee_ask")
    if not case and any(rule.case for rules in told.values() for rule in rules):
        return _by_case(draft, told)
    every = {rule.amount_vnd for rules in told.values() for rule in rules}
    if every == {0}:
        return frame(draft, "free")
    if every <= {None, 0}:
        return frame(draft, "fee_local")
    lines = {kind: _lead_amount(draft, rules) for kind, rules in told.items()}
    if len(set(lines.values())) == 1:
        return frame(draft, "costs", fee=next(iter(lines.values())))
    parts = [f"{line} {word(draft, 'channel', kind).lower()}" for kind, line in lines.items()]
    return frame(draft, "costs", fee=", ".join(parts[:2]))


def _by_case(draft: Draft, told: dict[str, tuple[FeeRule, ...]]) -> str:
    """From the least to the most, where cases differ and none is known."""
    amounts = {rule.amount_vnd for rules in told.values() for rule in rules}
    known = sorted(amount for amount in amounts if amount is not None)
    if not known:
        return frame(draft, "fee_local")
    if known[0] == known[-1]:
        return frame(draft, "costs", fee=dong(known[0])) if known[0] else frame(draft, "free")
    return frame(draft, "fee_between", least=dong(known[0]), most=dong(known[-1]))


def amount(draft: Draft, rule: FeeRule) -> str:
    """Return "2.000 đồng một trang, từ trang thứ 3: 1.000 đồng, tối đa 200.000 đồng một bản"."""
    per = word(draft, "per", rule.per)
    parts = [" ".join(part for part in (dong(rule.amount_vnd or 0), per) if part)]
    unit = word(draft, "unit", rule.per)
    parts += [
        frame(draft, "fee_tier", unit=unit, n=tier.from_unit, amount=dong(tier.amount_vnd))
        for tier in rule.tiers
    ]
    if rule.max_vnd is not None:
        parts.append(frame(draft, "fee_max", amount=dong(rule.max_vnd)))
    return ", ".join(parts)


def dong(amount_vnd: int) -> str:
    """Return "20.000 đồng"."""
    return f"{grouped(amount_vnd)} đồng"


def says_more(rule: FeeRule) -> bool:
    """Return whether the published words say more than the amount."""
    text = rule.text.strip()
    if not text:
        return False
    repeats = grouped(rule.amount_vnd) in text if rule.amount_vnd else rule.amount_vnd == 0
    return not (repeats and len(text) < _SHORT_NOTE)


def _lead_amount(draft: Draft, rules: tuple[FeeRule, ...]) -> str:
    known = [rule for rule in rules if rule.amount_vnd]
    if not known:
        free = any(rule.amount_vnd == 0 for rule in rules)
        return dong(0) if free else frame(draft, "fee_local")
    told = [_rate(draft, rule) for rule in known]
    if any(rule.amount_vnd is None for rule in rules):
        told.append(frame(draft, "fee_more"))
    return frame(draft, "fee_and").join(dict.fromkeys(told))


def _rate(draft: Draft, rule: FeeRule) -> str:
    per = word(draft, "per", rule.per)
    return " ".join(part for part in (dong(rule.amount_vnd or 0), per) if part)
