"""Whether a text says something: blanks, invisible signs and rows of dots say nothing."""

LETTERS = 5


def says(text: str, *, least: int) -> bool:
    """Tell whether a text has so many signs that can be seen, and some letters or numbers among them.

    Source: rule of the house; 118/2025/NĐ-CP Điều 38.
    """
    seen = " ".join("".join(one for one in text if one.isprintable() or one.isspace()).split())
    return len(seen) >= least and sum(one.isalnum() for one in seen) >= min(least, LETTERS)
