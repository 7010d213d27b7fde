"""The head of a XES log: its root, global defaults and classifiers."""

from dataclasses import dataclass, field

from motcua.reporting.mining.log import Columns, NotALog

MOST_DEPTH = 200
START = "start_timestamp"  # the key by which logs of intervals are known
_NO_DEFAULTS = ("__INVALID__", "UNKNOWN", "UNDEFINED", "")


def local(name: str) -> str:
    """Return the name of an element without its prefix."""
    return name.rpartition(":")[2]


@dataclass(frozen=True)
class Keys:
    """Under which keys events say what is wanted; several for the activity: a classifier."""

    case: str
    activity: tuple[str, ...]
    time: str
    resource: str
    transition: str
    start: str

    @classmethod
    def of(cls, columns: Columns, classifiers: "tuple[tuple[str, str], ...]") -> "Keys":
        """Return the keys asked for; an activity that names a classifier means its keys."""
        named = dict(classifiers).get(columns.activity, "")
        keys = tuple(_split(named)) if named else (columns.activity or "concept:name",)
        return cls(
            case=columns.case or "concept:name",
            activity=keys,
            time=columns.time or "time:timestamp",
            resource=columns.resource or "org:resource",
            transition=columns.transition or "lifecycle:transition",
            start=columns.start or START,
        )

    @property
    def wanted(self) -> frozenset[str]:
        """Every key of an event that is read."""
        return frozenset({*self.activity, self.time, self.resource, self.transition, self.start})


def _split(keys: str) -> list[str]:
    """The keys of a classifier: parted by blanks, one with blanks in it stands in quotes."""
    found: list[str] = []
    for number, part in enumerate(keys.split("'")):
        found += [part] if number % 2 else part.split()
    return [key for key in found if key]


@dataclass
class Head:
    """What stands before the first trace (and between traces)."""

    columns: Columns
    depth: int = 0
    classifiers: tuple[tuple[str, str], ...] = ()
    defaults: dict[str, str] = field(default_factory=dict)
    _in_events: int = 0

    def start(self, name: str, attributes: list[str]) -> None:
        """Take in the start of an element.

        Raises NotALog: the root is no log, or elements stand too deep in each other.
        """
        self.depth += 1
        if self.depth > MOST_DEPTH:
            raise NotALog("Tệp XES lồng quá sâu.")
        kind = local(name)
        if self.depth == 1 and kind != "log":
            raise NotALog(f"Tệp XML này không phải nhật ký XES: phần tử gốc là “{kind}”.")
        said = dict(zip(attributes[::2], attributes[1::2], strict=True))
        if kind == "classifier":
            self.classifiers += ((said.get("name", ""), said.get("keys", "")),)
        elif kind == "global" and said.get("scope", "") == "event":
            self._in_events = self.depth
        elif self._in_events and self.depth == self._in_events + 1:
            self._default(said.get("key", ""), said.get("value", ""))

    def end(self, _name: str) -> None:
        """Take in the end of an element."""
        if self.depth == self._in_events:
            self._in_events = 0
        self.depth -= 1

    def _default(self, key: str, value: str) -> None:
        usual = {
            self.columns.activity or "concept:name": "activity",
            self.columns.transition or "lifecycle:transition": "transition",
        }
        if self.columns.with_defaults and key in usual and value not in _NO_DEFAULTS:
            self.defaults[usual[key]] = value
