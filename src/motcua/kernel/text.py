"""Vietnamese text: folding, tone placement, syllables, raw Telex and VNI keystrokes."""

import re
import unicodedata
from functools import lru_cache

TONES = "\u0300\u0301\u0309\u0303\u0323"  # huyền, sắc, hỏi, ngã, nặng
_TELEX_TONES = dict(zip("fsrxj", TONES, strict=True))
_VNI_TONES = dict(zip("21345", TONES, strict=True))
_TELEX_LETTERS = (
    ("dd", "đ"), ("aa", "â"), ("ee", "ê"), ("oo", "ô"), ("aw", "ă"),
    ("uwow", "ươ"), ("uow", "ươ"), ("ow", "ơ"), ("uw", "ư"),
)  # fmt: skip
_VNI_LETTERS = (
    ("d9", "đ"), ("a6", "â"), ("e6", "ê"), ("o6", "ô"), ("a8", "ă"),
    ("u7o7", "ươ"), ("uo7", "ươ"), ("o7", "ơ"), ("u7", "ư"),
)  # fmt: skip
_LETTERS = "0123456789aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONE_ORDER = ("", *TONES)
_VOWELS = "aăâeêioôơuưy"
_SHAPE = re.compile(rf"^((?:[bcdđghklmnpqrstvx]|gi|qu)*?)([{_VOWELS}]+)([a-zđ]*)$")
_FINALS = {"", "c", "ch", "m", "n", "ng", "nh", "p", "t"}
_WORD = re.compile(r"\d+(?:[.,]\d+)+|[^\W_]+", re.UNICODE)


def nfc(text: str) -> str:
    """Return the text in composed form, the one form in which text is stored."""
    return unicodedata.normalize("NFC", text)


def squeeze(text: str) -> str:
    """Return the text composed, with every run of white space made one space."""
    return " ".join(nfc(text).split())


def fold(text: str) -> str:
    """Return the text in lower case without marks ("Đăng ký" → "dang ky"), spaces squeezed."""
    return " ".join(_fold_marks(text).split())


def _fold_marks(text: str) -> str:
    lowered = unicodedata.normalize("NFC", text).lower().replace("đ", "d")
    if lowered.isascii():
        return lowered
    apart = unicodedata.normalize("NFD", lowered)
    return "".join(c for c in apart if not unicodedata.combining(c))


def in_order(text: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """Return a key that sorts names as Vietnamese does: a ă â b c d đ e ê …, tones after letters."""
    letters, tones = [], []
    for word in nfc(text).lower().split():
        tone, bare = _split_tone(word)
        letters += [_LETTERS.index(char) + 1 if char in _LETTERS else 0 for char in bare] + [-1]
        tones.append(_TONE_ORDER.index(tone))
    return tuple(letters), tuple(tones)


@lru_cache(maxsize=20_000)
def fold_tone(word: str) -> str:
    """Return the lower-case syllable with its tone where the old rule puts it ("hoà" → "hòa").

    Spellings that differ only in where the tone stands, or in i/y after a consonant, become one.
    """
    lowered = nfc(word).lower()
    tone, bare = _split_tone(lowered)
    return place_tone(bare, tone) if tone else lowered


def _split_tone(word: str) -> tuple[str, str]:
    tone, kept = "", []
    for char in unicodedata.normalize("NFD", word):
        if char in TONES:
            tone = char
        else:
            kept.append(char)
    return tone, unicodedata.normalize("NFC", "".join(kept))


def place_tone(bare: str, tone: str) -> str:
    """Return the toneless syllable with the tone on the vowel that carries it."""
    shape = _SHAPE.match(bare)
    if not shape or not tone:
        return bare
    onset, vowels, final = shape.groups()
    if (onset == "q" and vowels[0] == "u") or (
        onset == "g" and vowels[0] == "i" and len(vowels) > 1
    ):
        onset, vowels = onset + vowels[0], vowels[1:]
    if not vowels:
        return bare
    at = _tone_at(vowels, final)
    carried = unicodedata.normalize("NFC", vowels[at] + tone)
    return onset + vowels[:at] + carried + vowels[at + 1 :] + final


def _tone_at(vowels: str, final: str) -> int:
    for strong in ("ơ", "ê", "â", "ă", "ô", "ư"):
        if strong in vowels:
            return vowels.index(strong)
    if final or len(vowels) == 1:
        return len(vowels) - 1
    return 1 if len(vowels) == 3 else 0


def words(text: str) -> list[str]:
    """Return the syllables, numbers and codes of the text in lower case, tones placed alike."""
    return [fold_tone(word) for word in _WORD.findall(nfc(text))]


def from_keystrokes(word: str) -> str:
    """Return what raw Telex or VNI keystrokes meant ("dduwowngf" → "đường"), "" when nothing fits."""
    lowered = word.lower()
    if not lowered.isascii() or not lowered.isalnum() or len(lowered) < 2:
        return ""
    if any(c.isdigit() for c in lowered[1:]):
        return _decode(lowered, _VNI_TONES, _VNI_LETTERS)
    return _decode(lowered, _TELEX_TONES, _TELEX_LETTERS)


def _decode(word: str, tones: dict[str, str], letters: tuple[tuple[str, str], ...]) -> str:
    tone, bare = "", word
    for at in range(len(word) - 1, 0, -1):
        if word[at] in tones and any(c in "aeiouyw" for c in word[:at]):
            tone, bare = tones[word[at]], word[:at] + word[at + 1 :]
            break
    for typed in (bare, *_late_marks(bare)):
        read = typed
        for keys, letter in letters:
            read = read.replace(keys, letter)
        read = read.replace("w", "ư") if letters is _TELEX_LETTERS else read
        shape = _SHAPE.match(read)
        if shape and shape.group(3) in _FINALS and (tone or read != word):
            return place_tone(read, tone)
    return ""


def _late_marks(word: str) -> list[str]:
    """Keystrokes whose mark was typed at the end ("tamw" → "tawm", "dangd" → "ddang")."""
    moved: list[str] = []
    if len(word) > 2 and word[-1] in "aeow6789":
        body, mark = word[:-1], word[-1]
        bearers = "aou" if mark in "w78" else mark if mark.isalpha() else "aeod"
        places = [at for at, letter in enumerate(body) if letter in bearers]
        moved += [body[: at + 1] + mark + body[at + 1 :] for at in reversed(places)]
    if len(word) > 2 and word[0] == "d" and "d" in word[1:]:
        at = word.index("d", 1)
        moved.append("dd" + word[1:at] + word[at + 1 :])
    return moved
