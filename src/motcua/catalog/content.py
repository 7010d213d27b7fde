"""Content: everything one version of a procedure says, as frozen values without a database."""

from dataclasses import MISSING, dataclass, fields
from enum import Enum
from functools import cache
from types import UnionType
from typing import Any, Self, Union, get_args, get_origin, get_type_hints

from motcua.kernel.worktime import Limit, Unit


class JsonValue:
    """A frozen dataclass that becomes JSON and returns; fields at their default are left out."""

    def to_json(self) -> dict[str, Any]:
        """Return JSON-ready values."""
        shown = {}
        for field in fields(self):  # type: ignore[arg-type]
            value = getattr(self, field.name)
            if field.default is MISSING or value != field.default:
                shown[field.name] = _dump(value)
        return shown

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Self:
        """Rebuild the value; unknown keys are refused so that a misspelt one is noticed.

        Raises ValueError: a key that this kind of value does not have, or one that is missing.
        """
        readers = _readers(cls)  # type: ignore[arg-type]  # a class is hashable
        unknown = set(values) - set(readers)
        if unknown:
            raise ValueError(f"{cls.__name__} has no field {', '.join(sorted(unknown))}")
        try:
            return cls(**{name: readers[name](value) for name, value in values.items()})
        except TypeError as error:
            raise ValueError(f"{cls.__name__}: {error}") from error


@dataclass(frozen=True, slots=True)
class Case(JsonValue):
    """One situation ("trường hợp") with papers, limit or fee of its own."""

    key: str
    name: str


@dataclass(frozen=True, slots=True)
class Component(JsonValue):
    """One paper of the dossier; `case` "" means that every case needs it.

    held_by: key of the connected database that already holds it ("population", "civil", "land",
    "business", "insurance"), "" when the person brings it. form: key of the EForm it is filled with.
    """

    key: str
    name: str
    case: str = ""
    originals: int = 0
    copies: int = 0
    required: bool = True
    held_by: str = ""
    paper_kind: str = ""
    form: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class LimitRule(JsonValue):
    """How long the agency has; value None means that only the words in `text` are published."""

    case: str = ""
    value: int | None = None
    unit: Unit | None = None
    text: str = ""

    @property
    def limit(self) -> Limit | None:
        """The limit as working time counts it, None when it is known in words only."""
        if self.value is None or self.unit is None:
            return None
        return Limit(self.value, self.unit)


@dataclass(frozen=True, slots=True)
class FeeTier(JsonValue):
    """The price of a unit from the n-th unit on."""

    from_unit: int
    amount_vnd: int


@dataclass(frozen=True, slots=True)
class FeeRule(JsonValue):
    """One charge. kind: "phi" or "le_phi"; amount_vnd None means "as the text says"; 0 means free.

    per: "dossier", "page", "copy", "person", "item" or "unknown". tiers: other prices from the n-th
    unit on. max_vnd: the most that one copy costs.
    """

    key: str
    name: str
    kind: str = "le_phi"
    amount_vnd: int | None = None
    per: str = "dossier"
    case: str = ""
    text: str = ""
    tiers: tuple[FeeTier, ...] = ()
    max_vnd: int | None = None

    def amount_for(self, units: int = 1) -> int | None:
        """Return what that many units cost, None when the amount is known in words only."""
        if self.amount_vnd is None:
            return None
        if self.per == "dossier":
            return self.amount_vnd
        total = sum(self._price_of(unit) for unit in range(1, units + 1))
        return total if self.max_vnd is None else min(total, self.max_vnd)

    def _price_of(self, unit: int) -> int:
        reached = [tier.amount_vnd for tier in self.tiers if unit >= tier.from_unit]
        return reached[-1] if reached else self.amount_vnd or 0


@dataclass(frozen=True, slots=True)
class Channel(JsonValue):
    """One way to file ("counter", "online", "post") with its limits and fees."""

    kind: str
    limits: tuple[LimitRule, ...] = ()
    fees: tuple[FeeRule, ...] = ()


@dataclass(frozen=True, slots=True)
class Result(JsonValue):
    """A paper that the person receives."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Legal(JsonValue):
    """A legal document that the procedure rests on."""

    number: str
    name: str


@dataclass(frozen=True, slots=True)
class StepText(JsonValue):
    """How the procedure runs, in words; `case` "" means in every case."""

    text: str
    case: str = ""


@dataclass(frozen=True, slots=True)
class FormField(JsonValue):
    """One field of an electronic form.

    kind: text, date, number, choice, textarea, phone, id_number, commune or checkbox.
    fill: where the value is known from ("owner.name"), "" when it must be asked.
    """

    key: str
    label: str
    kind: str = "text"
    required: bool = True
    options: tuple[str, ...] = ()
    hint: str = ""
    fill: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class EForm(JsonValue):
    """An electronic form."""

    key: str
    title: str
    fields: tuple[FormField, ...] = ()


@dataclass(frozen=True, slots=True)
class Content(JsonValue):
    """What one version of a procedure says.

    levels: "ministry", "province", "commune", "other". immediate: settled while the person waits.
    plain: a short introduction in everyday words. process: key of the internal process, "" = the
    default. detail: "full", or "name" when the source publishes nothing but the name. notes: remarks
    that the source lists among the papers. online_level: "toàn trình", "một phần" or "" (unknown);
    online_reason: why it is only partial.
    """

    name: str
    field: str = ""
    subjects: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    components: tuple[Component, ...] = ()
    channels: tuple[Channel, ...] = ()
    steps: tuple[StepText, ...] = ()
    conditions: str = ""
    results: tuple[Result, ...] = ()
    legal: tuple[Legal, ...] = ()
    levels: tuple[str, ...] = ()
    authority: str = ""
    immediate: bool = False
    form: EForm | None = None
    plain: str = ""
    process: str = ""
    detail: str = "full"
    notes: tuple[str, ...] = ()
    online_level: str = ""
    online_reason: str = ""

    def components_for(self, case: str = "") -> tuple[Component, ...]:
        """Return the common papers and those of the case, in the published order."""
        return tuple(c for c in self.components if c.case in ("", case))

    def channel(self, kind: str) -> Channel | None:
        """Return the channel of that kind, None when the procedure does not have it."""
        return next((c for c in self.channels if c.kind == kind), None)

    def limit_rule_for(self, channel: str, case: str = "") -> LimitRule | None:
        """Return the rule that decides the time: of the case, of the channel, then of any channel."""
        chosen = self.channel(channel)
        if chosen is not None:
            rule = _rule_of(chosen, case)
            if rule is not None:
                return rule
        others = (c for c in self.channels if c.kind != channel)
        return next((r for r in (_rule_of(c, case) for c in others) if r is not None), None)

    def limit_for(self, channel: str, case: str = "") -> Limit | None:
        """Return the time limit, None when none is published as a number."""
        rule = self.limit_rule_for(channel, case)
        return rule.limit if rule is not None else None

    def fees_for(self, channel: str, case: str = "") -> tuple[FeeRule, ...]:
        """Return the charges of the channel for the case (common ones included)."""
        chosen = self.channel(channel) or (self.channels[0] if self.channels else None)
        if chosen is None:
            return ()
        return tuple(fee for fee in chosen.fees if fee.case in ("", case))


def _rule_of(channel: Channel, case: str) -> LimitRule | None:
    """The channel's rule for the case, else its common one; without a case the longest of all."""
    own = [r for r in channel.limits if case and r.case == case]
    common = [r for r in channel.limits if not r.case]
    for rules in (own, common, list(channel.limits) if not case else []):
        known = [r for r in rules if r.limit is not None]
        if known:
            return max(known, key=_length)
        if rules:
            return rules[0]
    return None


_DAYS = {
    Unit.WORKING_HOUR: 1 / 8,
    Unit.WORKING_DAY: 1.0,
    Unit.DAY: 0.7,
    Unit.MONTH: 21.0,
    Unit.HOUR: 1 / 24,
}


def _length(rule: LimitRule) -> float:
    return float(rule.value or 0) * _DAYS[rule.unit] if rule.unit else 0.0


def _dump(value: object) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, JsonValue):
        return value.to_json()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [_dump(item) for item in value]
    return value


@cache
def _readers(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {field.name: _reader(hints[field.name]) for field in fields(cls)}


def _reader(hint: Any) -> Any:  # noqa: ANN401 - type hints and JSON have no type
    """A function that reads JSON into a value of the hinted type."""
    origin = get_origin(hint)
    if origin is tuple:
        read = _reader(get_args(hint)[0])
        return lambda values: tuple(read(v) for v in values)
    if origin in (Union, UnionType):
        read = _reader(next(a for a in get_args(hint) if a is not type(None)))
        return lambda value: None if value is None else read(value)
    if isinstance(hint, type) and issubclass(hint, JsonValue):
        return hint.from_json
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return lambda value: value
