"""The sentences of a proof: what was counted, what was skipped, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from motcua.kernel.worktime.units import Unit
from motcua.kernel.worktime.words import days_words, moment_words, span_words

if TYPE_CHECKING:
    from motcua.kernel.worktime.proof import Proof, ProofDay

Say = Callable[[list["ProofDay"], str, Unit], str]

_RULES = {
    "vi": {
        Unit.WORKING_DAY: "Chỉ tính ngày làm việc, bắt đầu từ ngày liền sau ngày nhận.",
        Unit.WORKING_HOUR: "Tính từng phút trong giờ làm việc, kể từ lúc nhận.",
        Unit.DAY: "Tính mọi ngày, kể cả ngày nghỉ, bắt đầu từ ngày liền sau ngày nhận.",
        Unit.MONTH: "Tính đến ngày cùng số của tháng cuối.",
        Unit.HOUR: "Tính giờ liên tục kể từ lúc nhận.",
    },
    "en": {
        Unit.WORKING_DAY: "Only working days count, from the day after receipt.",
        Unit.WORKING_HOUR: "Every minute of working hours counts, from the moment of receipt.",
        Unit.DAY: "Every day counts, days off too, from the day after receipt.",
        Unit.MONTH: "It ends on the day of the same number in the last month.",
        Unit.HOUR: "Hours count without a break from the moment of receipt.",
    },
}


def proof_words(proof: Proof, lang: str) -> list[str]:
    """Return the proof as sentences, the caveats last."""
    return [
        *_start(proof, lang),
        _limit(proof, lang),
        *day_lines(proof.days, proof.limit.unit, lang),
        _end(proof, lang),
        *(note[lang == "en"] for note in proof.notes),
    ]


def _start(proof: Proof, lang: str) -> list[str]:
    received = moment_words(proof.received_at, lang)
    if proof.received_at == proof.counted_from:
        return [f"Nhận lúc {received}." if lang == "vi" else f"Received at {received}."]
    counted = moment_words(proof.counted_from, lang)
    if lang == "vi":
        return [f"Nhận lúc {received}, ngoài giờ làm việc: coi như nhận lúc {counted}."]
    return [f"Received at {received}, outside working hours: counts as {counted}."]


def _limit(proof: Proof, lang: str) -> str:
    said = proof.limit.words(lang)
    rule = _RULES[lang][proof.limit.unit] if proof.limit.value else _zero_rule(proof, lang)
    return f"Thời hạn {said}. {rule}" if lang == "vi" else f"Limit: {said}. {rule}"


def _zero_rule(proof: Proof, lang: str) -> str:
    after = proof.limit.is_same_day and proof.days[0].kind == "start"
    cut_off = proof.calendar.cut_off(proof.counted_from.date())
    if after and lang == "vi":
        return f"Nhận sau {cut_off:%H:%M} nên trả trong ngày làm việc tiếp theo."
    if after:
        return f"Received after {cut_off:%H:%M}, so it is the next working day."
    return (
        "Xong trong ngày làm việc nhận hồ sơ."
        if lang == "vi"
        else "Done within the working day of receipt."
    )


def day_lines(days: Iterable[ProofDay], unit: Unit, lang: str) -> list[str]:
    """Return one sentence for each run of days counted or skipped for the same reason."""
    lines = []
    for (kind, reason), run in groupby(days, key=lambda day: (day.kind, _reason(day, lang))):
        said = _SAY[lang].get(kind)
        if said is not None:
            lines.append(said(list(run), reason, unit))
    return lines


def _reason(day: ProofDay, lang: str) -> str:
    if day.kind == "counted":
        return ""  # a calendar period counts days off without a word
    return day.reason_en if lang == "en" and day.reason_en else day.reason


def _counted_vi(days: list[ProofDay], _reason: str, unit: Unit) -> str:
    when = days_words([day.date for day in days])
    if unit is Unit.WORKING_HOUR:
        return f"Tính {span_words(sum(d.minutes for d in days), 10**9)}: {when}."
    if len(days) == 1:
        return f"Ngày {days[0].number}: {when}."
    return f"Ngày {days[0].number} đến ngày {days[-1].number}: {when}."


def _counted_en(days: list[ProofDay], _reason: str, unit: Unit) -> str:
    when = days_words([day.date for day in days], "en")
    if unit is Unit.WORKING_HOUR:
        return f"Counted {span_words(sum(d.minutes for d in days), 10**9, 'en')}: {when}."
    if len(days) == 1:
        return f"Day {days[0].number}: {when}."
    return f"Days {days[0].number} to {days[-1].number}: {when}."


def _line(before: str, lang: str) -> Say:
    def say(days: list[ProofDay], reason: str, _unit: Unit) -> str:
        because = f" ({reason})" if reason else ""
        return f"{before} {days_words([day.date for day in days], lang)}{because}."

    return say


_SAY: dict[str, dict[str, Say]] = {
    "vi": {
        "counted": _counted_vi,
        "skipped": _line("Không tính", "vi"),
        "paused": _line("Tạm dừng", "vi"),
        "extended": _line("Gia hạn", "vi"),
        "rolled": _line("Ngày cuối rơi vào ngày nghỉ nên chuyển sang", "vi"),
    },
    "en": {
        "counted": _counted_en,
        "skipped": _line("Not counted:", "en"),
        "paused": _line("Paused:", "en"),
        "extended": _line("Extended:", "en"),
        "rolled": _line("The last day is a day off, so it moves to", "en"),
    },
}


def _end(proof: Proof, lang: str) -> str:
    end = moment_words(proof.due_at, lang)
    return f"Hạn trả: {end}." if lang == "vi" else f"Due: {end}."
