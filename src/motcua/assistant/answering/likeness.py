"""Likeness: is a question the one that an accepted answer was written for?"""

from motcua.assistant.models import Passage
from motcua.kernel.text import fold, words

_SAY_NOTHING = frozenset(
    words(
        "ở tại cho của là thì mà có được không phải gì nào đâu bao nhiêu lâu khi như thế làm sao"
        " xin hỏi muốn cần tôi em anh chị mình bạn ông bà ạ ơi nhé với và hay hoặc để hiện nay"
        " bây giờ thủ tục vậy nữa cả rồi nếu ai"
    )
)


def is_about(question: str, row: Passage, *, least: float) -> bool:
    """Tell whether an accepted answer was written for this question.

    The question says nothing that the answered one does not: one strange word ("chó" for "chim yến")
    makes it another question. least: how much of the answered one it must say.
    """
    return any(_is_same(question, way, least) for way in _ways(row))


def _ways(row: Passage) -> list[str]:
    """How it was asked: its title, and the other wordings that stand under the answer."""
    said = str(row.facts.get("answer", ""))
    return [row.title, *row.text.removeprefix(said).strip().splitlines()]


def _is_same(question: str, way: str, least: float) -> bool:
    """Whether two questions ask the same; marks count only where both have them."""
    asked, meant = _content(question), _content(way)
    if question.isascii() or way.isascii():
        asked, meant = {fold(word) for word in asked}, {fold(word) for word in meant}
    return bool(asked) and asked <= meant and len(asked) >= least * len(meant)


def _content(said: str) -> set[str]:
    """What says something; each question is read as it was typed, so that "chó" is not "cho"."""
    unsaid = {fold(word) for word in _SAY_NOTHING} if said.isascii() else _SAY_NOTHING
    return set(words(said)) - unsaid
