"""Whether a value read is the truth: names and numbers letter for letter, lines but for capitals."""

from motcua.kernel.text import fold_tone, squeeze

_EXACT = {"name", "date", "id", "code", "integer", "decimal", "money", "tax", "sex"}


def right(shape: str, value: str, truth: str) -> bool:
    """Tell whether a value read is what stood on the paper.

    Marks and digits count in every shape; where the tone stands on a syllable does not.
    """
    if shape in _EXACT:
        return _spelled(value) == _spelled(truth)
    return _spelled(value).lower() == _spelled(truth).lower()


def _spelled(text: str) -> str:
    return " ".join(
        word if word.isascii() else _toned(word) for word in squeeze(text).strip(" .,;").split()
    )


def _toned(word: str) -> str:
    folded = fold_tone(word)
    return folded.capitalize() if word[:1].isupper() else folded
