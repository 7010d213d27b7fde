"""Words: those that tell nothing, everyday words made those of the papers."""

import re
from functools import cache

from motcua.assistant.answering import phrases
from motcua.kernel.text import fold

# Without marks these short words may be others.
_UNSURE = "bo u bu chi anh vo ma mo lon ong ba trat thay hong de bua moc heo cuoi"
_TAKES = re.compile(
    r"\bmất (khoảng |chừng |tầm )?"
    r"(?=bao |mấy |nhiêu|phí|lệ phí|tiền|thời gian|lâu|\d+ (?:ngày|đồng|tháng))"
)
_TAKES_BARE = re.compile(
    r"\bmat (khoang |chung |tam )?"
    r"(?=bao |may |nhieu|phi|le phi|tien|thoi gian|lau|\d+ (?:ngay|dong|thang))"
)
_WORD = re.compile(r"[^\W_]+(?:[.,]\d+)*")


@cache
def stop_words() -> frozenset[str]:
    """Return the folded words that tell nothing."""
    return frozenset(fold(phrases.table("words")["stop"]).split())


def words_of(name: str, *keys: str) -> frozenset[str]:
    """Return a list of words kept as data, folded."""
    found = phrases.table(name)
    for key in keys:
        found = found[key]
    return frozenset(fold(str(found)).split())


def telling(text: str) -> tuple[str, ...]:
    """Return the folded words of a text that tell something, in order."""
    return tuple(word for word in _WORD.findall(fold(text)) if word not in stop_words())


def plain_words(text: str, *, is_marked: bool) -> str:
    """Return the text with regional and everyday words made those that papers use."""
    pattern, meant = _dialect(is_marked=is_marked)
    return pattern.sub(lambda found: meant[found.group(0)], text)


def unlost(text: str) -> str:
    """Return the text with "mất" said otherwise where it asks what it takes, not what was lost."""
    marked = _TAKES.sub(r"hết \g<1>", text)
    return _TAKES_BARE.sub(r"het \g<1>", marked)


def reduced(text: str) -> str:
    """Return the text without the words that tell nothing, in the order in which they stand."""
    kept = [word for word in text.split() if fold(word) not in stop_words()]
    return " ".join(kept)


def about(text: str, language: str) -> str:
    """Return what a text is about: its telling words without what it asks for."""
    left = fold(text)
    for facet in phrases.table("facets")[language]:
        left = phrases.group("facets", language, facet).sub(" ", left)
    return " ".join(telling(left))


@cache
def _dialect(*, is_marked: bool) -> tuple[re.Pattern[str], dict[str, str]]:
    listed: dict[str, str] = phrases.table("words")["dialect"]
    meant = {(said if is_marked else fold(said)): means for said, means in listed.items()}
    unsure = frozenset(_UNSURE.split())
    if not is_marked:  # without marks a short word may be another one
        meant = {said: means for said, means in meant.items() if " " in said or said not in unsure}
    longest = sorted(meant, key=len, reverse=True)
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(longest)})(?![^\W_])"), meant
