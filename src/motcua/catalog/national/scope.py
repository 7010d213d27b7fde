"""Whose a published procedure is, at which level it is settled, and whether we may offer it."""

import re

from motcua.kernel.text import fold

OURS = "khanh hoa"
CODE = re.compile(r"\d\.\d{6}(?:\.[0-9A-Z]+)*")
_LEVEL_NAMES = (("bo", "ministry"), ("tinh", "province"), ("xa", "commune"), ("huyen", "district"))
_AGENCY_WORDS = (
    ("commune", ("cap xa", "ubnd xa", "uy ban nhan dan xa", "phuong", "thi tran", "cong an xa")),
    (
        "province",
        (
            "so ",
            "cap tinh",
            "tinh",
            "thanh pho",
            "chi cuc",
            "bao hiem xa hoi",
            "van phong dang ky dat dai",
        ),
    ),
    ("ministry", ("bo ", "cuc ", "tong cuc", "trung uong", "ngan hang nha nuoc")),
)
_NAME_LEVELS = (
    (
        "commune",
        re.compile(
            r"\b(?:cap xa|tai xa|thuoc tham quyen cua (?:chu tich )?(?:ubnd|uy ban nhan dan) cap xa)\b"
        ),
    ),
    ("province", re.compile(r"\b(?:cap tinh)\b")),
    ("ministry", re.compile(r"\b(?:cap )?trung uong\b(?! duong)")),
    ("district", re.compile(r"\bcap huyen\b")),
)


def scope_of(scope_type: str, issuer: str) -> str:
    """Return "national", "province" (ours), "other_province" or "internal"."""
    folded = fold(issuer)
    if scope_type == "STANDARD_INTERNAL":
        return "internal"
    local = scope_type == "SPECIFIC" or folded.startswith(("ubnd ", "so ", "uy ban nhan dan "))
    if not local:
        return "national"
    return "province" if OURS in folded else "other_province"


def levels_of(level: str, agency: str, name: str) -> tuple[str, ...]:
    """Return the levels that settle it: by the level column, else the name, else the agencies."""
    named = tuple(key for key, pattern in _NAME_LEVELS if pattern.search(fold(name)))
    listed = fold(level)
    if listed:
        found = [key for word, key in _LEVEL_NAMES if f"cap {word}" in listed]
        if "co quan khac" in listed:
            found.append("other")
        return tuple(found) or named
    if named:
        return named
    doers = [f"{part.strip()} " for part in re.split(r"[;,]", fold(agency)) if part.strip()]
    return tuple(
        key for key, words in _AGENCY_WORDS if any(w in doer for w in words for doer in doers)
    )


def is_offered(scope: str, state: str, levels: tuple[str, ...], name: str) -> bool:
    """Return whether our centres may receive it: ours or national, in force, at a level that exists.

    The district level ended on 1 July 2025; procedures "at district level" stay visible only.
    """
    at_district = "cap huyen" in fold(name)
    ours = scope in ("national", "province") and state == "active"
    return ours and not at_district and bool({"province", "commune"} & set(levels))


def family_of(name: str) -> str:
    """Return the key that variants of one procedure share: the name without its packaging.

    "Thủ tục …", a level in brackets, a code in brackets and punctuation do not make another procedure.
    """
    text = fold(name)
    text = re.sub(
        r"\((?:thuc hien (?:tai|o) )?(?:tai )?cap [^()]*\)|\(\s*\d\.\d{6}\s*\)|\(cap [a-z]+\)",
        " ",
        text,
    )
    text = re.sub(r"^(?:thu tuc(?: hanh chinh)?(?: ve)?\s*:?\s+)+", "", text.strip())
    text = re.sub(r"[^a-z0-9]+", " ", text)
    return " ".join(text.split())


def subjects_of(text: str) -> tuple[str, ...]:
    """Return who may ask for it: "citizen", "foreigner", "organisation", "household"."""
    folded = fold(text)
    kinds = (
        ("citizen", ("cong dan viet nam", "can bo", "nguoi viet nam", "dang vien")),
        ("foreigner", ("nguoi nuoc ngoai",)),
        ("organisation", ("to chuc", "doanh nghiep", "hop tac xa")),
        ("household", ("ho gia dinh", "ho kinh doanh", "cong dong")),
    )
    return tuple(kind for kind, words in kinds if any(word in folded for word in words))
