"""Vietnamese syllables: a closed set, made by rule from onset, rhyme and tone."""

import unicodedata
from functools import cache

_TONES = {"\u0300": "f", "\u0301": "s", "\u0303": "x", "\u0309": "r", "\u0323": "j"}
_MARKS = {tone: mark for mark, tone in _TONES.items()}
TONES = ("", "f", "s", "x", "r", "j")

_ONSETS = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
# Rhymes by their main vowel; those of q are written after "qu".
_RHYMES = """
a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
e ec em en eng eo ep et ê êch êm ên ênh êp êt êu
i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on
ong ooc oong op ot ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uơ uy uya uych uyên uyêt uynh uyt uyu
uôc uôi uôm uôn uông uôt ư ưa ưc ưi ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu
"""
_STOPS = ("c", "ch", "p", "t")
_FRONT = "ieêy"
_VOWELS = frozenset("aăâeêioôơuưy")


def split_tone(word: str) -> tuple[str, str]:
    """Return the word in small letters without its tone, and the tone: "", f, s, x, r or j.

    "hoà" and "hòa" give the same pair: where the tone is written is a matter of style.
    """
    letters, tone = [], ""
    for char in unicodedata.normalize("NFD", word.lower()):
        if char in _TONES:
            tone = _TONES[char]
        else:
            letters.append(char)
    return unicodedata.normalize("NFC", "".join(letters)), tone


def key_of(word: str) -> str:
    """Return the syllable's key: its letters without tone, then the tone."""
    letters, tone = split_tone(word)
    return letters + tone.upper()


def skeleton(word: str) -> str:
    """Return the bare letters: no tone, no hat, no horn, no bar."""
    bare = unicodedata.normalize("NFD", word.lower().replace("đ", "d"))
    return "".join(char for char in bare if not unicodedata.combining(char))


@cache
def legal_keys() -> frozenset[str]:
    """Return the keys of all syllables that the spelling allows."""
    keys: set[str] = set()
    for onset in ("", *_ONSETS.split()):
        for rhyme in _RHYMES.split():
            if _fit(onset, rhyme):
                body = _joined(onset, rhyme)
                tones = ("s", "j") if rhyme.endswith(_STOPS) else TONES
                keys.update(body + tone.upper() for tone in tones)
    return frozenset(keys)


def _fit(onset: str, rhyme: str) -> bool:
    """Tell whether the onset is spelt so before this rhyme."""
    is_front = rhyme[0] in _FRONT
    if onset in {"k", "gh", "ngh"}:
        return is_front
    if onset in {"c", "g", "ng"}:
        return not is_front or (onset == "g" and rhyme[0] == "i")
    if onset == "qu":
        return rhyme == "ôc" or (rhyme[0] not in "uưoô" and not rhyme.startswith(("ia", "iê")))
    if onset == "":
        return not rhyme.startswith("iê")
    return not rhyme.startswith("yê")


def _joined(onset: str, rhyme: str) -> str:
    if onset == "gi" and rhyme.startswith("i"):
        return "g" + rhyme
    return onset + rhyme


def written(key: str, like: str) -> str:
    """Return the syllable of that key in the case of `like`, its tone where `like` has it."""
    letters, tone = (key[:-1], key[-1].lower()) if key[-1:].isupper() else (key, "")
    word = _with_tone(letters, tone, like)
    if like.isupper() and len(like) > 1:
        return word.upper()
    return word[:1].upper() + word[1:] if like[:1].isupper() else word


def _with_tone(letters: str, tone: str, like: str) -> str:
    if not tone:
        return letters
    place = _tone_in(like, letters)
    if place is None:
        place = _place_of_tone(letters)
    marked = letters[: place + 1] + _MARKS[tone] + letters[place + 1 :]
    return unicodedata.normalize("NFC", marked)


def _tone_in(like: str, letters: str) -> int | None:
    """Return where `like` carries its tone, when it is the same word but for its marks."""
    if skeleton(like) != skeleton(letters) or split_tone(like)[1] == "":
        return None
    for index, char in enumerate(unicodedata.normalize("NFC", like.lower())):
        if split_tone(char)[1]:
            return index
    return None


def _place_of_tone(letters: str) -> int:
    """Return the index of the vowel that carries the tone in modern spelling."""
    start = 2 if letters.startswith(("qu", "gi")) and letters[2:3] in _VOWELS else 0
    vowels = [i for i in range(start, len(letters)) if letters[i] in _VOWELS]
    if not vowels:
        return max(len(letters) - 1, 0)
    marked = [i for i in vowels if letters[i] in "ăâêôơ"]
    if marked:
        return marked[-1]
    if len(vowels) == 2:
        return vowels[1] if vowels[1] < len(letters) - 1 else vowels[0]
    return vowels[len(vowels) // 2]
