"""Đồng: how an amount is written in figures and in words."""

_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = ("", "nghìn", "triệu")


def vnd(amount: int) -> str:
    """Return the amount as "1.250.000 ₫"; the space does not break."""
    return f"{grouped(amount)}\u00a0₫"


def grouped(amount: int) -> str:
    """Return the amount with a point between thousands: "1.250.000"."""
    return f"{amount:,}".replace(",", ".")


def in_words(amount: int) -> str:
    """Return the amount as receipts spell it: "Một triệu hai trăm năm mươi nghìn đồng"."""
    spelled = f"{number_in_words(amount)} đồng"
    return spelled[0].upper() + spelled[1:]


def number_in_words(number: int) -> str:
    """Return the number as it is read aloud: 1005 is "một nghìn không trăm linh năm"."""
    if number < 0:
        return f"âm {number_in_words(-number)}"
    if number == 0:
        return _DIGITS[0]
    return " ".join(_billions(number))


def _billions(number: int) -> list[str]:
    """Read groups of nine digits; "tỷ" repeats: 10^18 is "một tỷ tỷ"."""
    head, tail = divmod(number, 1_000_000_000)
    spoken = [*_billions(head), "tỷ"] if head else []
    return spoken + _millions(tail, is_continued=bool(head))


def _millions(number: int, *, is_continued: bool) -> list[str]:
    spoken: list[str] = []
    for scale in (2, 1, 0):
        group = number // 1000**scale % 1000
        if group:
            spoken += _hundreds(group, is_continued=is_continued or bool(spoken))
            spoken += [_SCALES[scale]] if scale else []
    return spoken


def _hundreds(group: int, *, is_continued: bool) -> list[str]:
    hundreds, rest = divmod(group, 100)
    spoken = [_DIGITS[hundreds], "trăm"] if hundreds or is_continued else []
    return spoken + _tens(rest, is_continued=bool(spoken))


def _tens(rest: int, *, is_continued: bool) -> list[str]:
    tens, ones = divmod(rest, 10)
    if tens == 0:
        return (["linh"] if is_continued and ones else []) + ([_DIGITS[ones]] if ones else [])
    if tens == 1:
        return ["mười", *_ones(ones, {5: "lăm"})]
    return [_DIGITS[tens], "mươi", *_ones(ones, {1: "mốt", 4: "tư", 5: "lăm"})]


def _ones(ones: int, changed: dict[int, str]) -> list[str]:
    return [changed.get(ones, _DIGITS[ones])] if ones else []
