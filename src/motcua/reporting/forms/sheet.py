"""A report form as plain values: official head, columns, rows, and the identities that must hold."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

NOTHING = "N/A"
Value = int | float | str | None


@dataclass(frozen=True, kw_only=True)
class Issuer:
    """The agency that reports; `code` and `place` go into the head of the paper."""

    name: str
    code: str
    place: str
    parent: str = ""


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column of figures: its words, the heading above it, and of which columns it is the sum.

    kind: "count", "share" (per cent), "score" or "text". `figure`: whose dossiers a number opens.
    """

    key: str
    words: str
    number: str = ""
    group: str = ""
    sum_of: tuple[str, ...] = ()
    kind: str = "count"
    decimals: int = 0
    figure: str = ""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line; `sums` are the places of the rows that this one adds up (a total, a group).

    `opens`: to what the list behind its numbers is narrowed: ("field", "agency" or "level", key);
    of an "officer" or in a "scored" row the parts of the score. `kind` ("share") and `figures` (whose
    dossiers each number opens) go before the columns' own. `of`: the two counts of a share.
    """

    name: str
    values: tuple[Value, ...]
    mark: str = ""
    sums: tuple[int, ...] = ()
    opens: tuple[str, str] = ("", "")
    kind: str = ""
    figures: tuple[str, ...] = ()
    of: tuple[str, ...] = ()

    @property
    def is_sum(self) -> bool:
        """Tell whether it adds up others."""
        return bool(self.sums)


@dataclass(frozen=True, kw_only=True)
class Check:
    """One identity, and in which rows it does not hold."""

    words: str
    broken: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Tell whether it holds in every row."""
        return not self.broken


@dataclass(frozen=True, kw_only=True)
class Opens:
    """One number in a paragraph, in the order of the words: whose dossiers it opens.

    `kind`: "" the whole province, "level", "agency", "reason", or "before" (of the period before).
    """

    text: str
    figure: str = ""
    kind: str = ""
    key: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A part of a written report: heading, paragraphs, and what the numbers of each open."""

    title: str
    paragraphs: tuple[str, ...]
    opens: tuple[tuple[Opens, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """A whole form of one agency and period.

    `form` is our key ("06a"), `number` what the circular calls it. `receiver`: to whom it goes.
    `first_head`: the words above the names of the rows.
    """

    form: str
    number: str
    title: str
    law: str
    issuer: Issuer
    period: str
    first: date
    last: date
    until: datetime
    receiver: str = ""
    unit: str = ""
    first_head: str = ""
    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    checks: tuple[Check, ...] = ()
    sections: tuple[Section, ...] = ()
    notes: tuple[str, ...] = ()
    signers: tuple[str, str] = ("", "")
    size: str = "a4-landscape"

    @property
    def balances(self) -> bool:
        """Tell whether every identity holds."""
        return all(check.holds for check in self.checks)

    @property
    def groups(self) -> list[tuple[str, int]]:
        """Return the headings above the columns, each with over how many it stands."""
        found: list[tuple[str, int]] = []
        for column in self.columns:
            if found and column.group and found[-1][0] == column.group:
                found[-1] = (column.group, found[-1][1] + 1)
            else:
                found.append((column.group, 1))
        return found

    @property
    def total(self) -> Row | None:
        """Return the last row when it adds up the others."""
        return self.rows[-1] if self.rows and self.rows[-1].is_sum else None

    def value(self, row: Row, key: str) -> Value:
        """Return the value of a row in a column.

        Raises KeyError: there is no such column.
        """
        for column, value in zip(self.columns, row.values, strict=True):
            if column.key == key:
                return value
        raise KeyError(key)


def shown(value: Value, column: Column, row: Row | None = None) -> str:
    """Return a value as it is printed: "1.234", "95,50%", "1,8", "N/A" of nothing."""
    if isinstance(value, str):
        return value
    kind = kind_of(column, row)
    if value is None:
        return "" if kind == "text" else NOTHING
    decimals = 2 if kind == "share" else column.decimals
    text = f"{value:,.{decimals}f}".translate(str.maketrans(",.", ".,"))
    return f"{text}%" if kind == "share" else text


def kind_of(column: Column, row: Row | None) -> str:
    """Return what a value is: the row says it, or the column."""
    return (row.kind if row is not None else "") or column.kind


def checked(sheet_columns: Sequence[Column], rows: Sequence[Row]) -> tuple[Check, ...]:
    """Return the identities of the columns, and those of the rows that add up others."""
    by_key = {column.key: place for place, column in enumerate(sheet_columns)}
    found = []
    for column in sheet_columns:
        if column.sum_of:
            parts = [by_key[key] for key in column.sum_of]
            found.append(_of_column(sheet_columns, by_key[column.key], parts, rows))
    if any(row.is_sum for row in rows):
        found.append(_of_rows(rows, sheet_columns))
    return tuple(found)


def equal(words: str, pairs: Sequence[tuple[str, Value, Value]]) -> Check:
    """Return the check that both values are the same in every named row."""
    return Check(words=words, broken=tuple(name for name, left, right in pairs if left != right))


def _of_column(
    columns: Sequence[Column], place: int, parts: list[int], rows: Sequence[Row]
) -> Check:
    right = " + ".join(columns[part].number.strip("()") for part in parts)
    words = f"{columns[place].number.strip('()')} = {right}"
    return equal(
        words,
        [(row.name, row.values[place], _sum(row.values[part] for part in parts)) for row in rows],
    )


def _of_rows(rows: Sequence[Row], columns: Sequence[Column]) -> Check:
    counted = [place for place, column in enumerate(columns) if column.kind == "count"]
    broken = [
        row.name
        for row in rows
        if row.is_sum
        and any(
            row.values[place] != _sum(rows[one].values[place] for one in row.sums)
            for place in counted
        )
    ]
    return Check(words="Dòng cộng = tổng các dòng", broken=tuple(broken))


def _sum(values: "Iterator[Value]") -> int | float:
    return sum(value for value in values if isinstance(value, int | float))


def summed(rows: Sequence[Row], columns: Sequence[Column]) -> tuple[Value, ...]:
    """Return the sums of the counts of some rows; what cannot be added up is left out."""
    return tuple(
        _sum(row.values[place] for row in rows) if column.kind == "count" else None
        for place, column in enumerate(columns)
    )
