"""Fees as published: amounts with separators, per page or per copy, or only words."""

import re
from typing import Any

from motcua.catalog.content import FeeRule, FeeTier
from motcua.kernel.text import fold, squeeze

_AMOUNT = re.compile(r"(\d{1,3}(?:[.,]\d{3})+|\d+)\s*(?:viet nam dong|vnd|dong|d\b|đ\b)")
_COUNCIL = re.compile(r"hoi dong nhan dan|hdnd")
_ELSEWHERE = re.compile(
    r"theo (?:nghi quyet|quy dinh (?:cua|tai) (?:luat|hoi dong|hdnd|bo tai chinh|thong tu))"
    r"|quy dinh muc thu"
)
_LEAST = 1000  # no charge is smaller; such figures are slips of the source ("1 Việt Nam Đồng")
_PER = (
    ("page", r"/\s*(?:1 |01 )?(?:trang)"),
    ("person", r"/\s*(?:1 |01 )?(?:nguoi|nhan khau)"),
    ("copy", r"/\s*(?:1 |01 )?(?:ban|so ban)\b"),
    (
        "item",
        (r"/\s*(?:1 |01 )?(?:xe|the|giay|phuong tien|cai|chiec|tau|san pham|mau|chung chi"
        r"|giay phep|cong trinh|hang|don)\b"),
    ),
    ("dossier", r"/\s*(?:1 |01 )?(?:ho so|lan|to khai|truong hop|vu viec|hop dong|giao dich)"),
)  # fmt: skip
_TIER = re.compile(r"tu trang thu (\d+) tro len[^.;]*?([\d.,]+)\s*dong/\s*trang")
_MAX = re.compile(r"toi da[^.;]*?([\d.,]{4,})\s*dong/\s*ban")
_TEXT_MAX = 500


def fee_rules(method: dict[str, Any]) -> list[FeeRule]:
    """Return the charges of one published way of filing."""
    note = method.get("note") or ""
    listed = method.get("fees")
    if listed:
        texts = [
            (fee.get("text") or "", fee.get("amount"), fee.get("type") or "") for fee in listed
        ]
    else:
        texts = [
            (part, None, "")
            for part in re.split(r"\s+;\s+", method.get("fee_text") or "")
            if part.strip()
        ]
    rules = [_rule(text, amount, kind, note) for text, amount, kind in texts]
    return _numbered(rules)


def _rule(text: str, amount: int | None, kind: str, note: str) -> FeeRule:
    words = squeeze(text)
    folded = fold(words)
    said = (
        parse_amount(folded)
        if amount is None or (amount == 0 and not _is_free(folded))
        else amount
    )
    if (said == 0 and _is_left_open(folded)) or (said is not None and 0 < said < _LEAST):
        said = None
    pages = (
        f"{folded} {fold(note)}" if "/trang" in folded or "dong/trang" in fold(note) else folded
    )
    per = next(
        (key for key, pattern in _PER if re.search(pattern, folded)), "" if said else "dossier"
    )
    return FeeRule(
        key="",
        name="Phí" if folded.startswith("phi") or "PRICE" in kind else "Lệ phí",
        kind="phi"
        if folded.startswith("phi") or "PRICE" in kind or per in ("page", "copy")
        else "le_phi",
        amount_vnd=said,
        per=per or ("dossier" if said is not None else "unknown"),
        text=""
        if folded in ("mien phi", "phi : 0 dong", "le phi : 0 dong")
        else words[:_TEXT_MAX],
        tiers=tuple(FeeTier(int(n), number(a)) for n, a in _TIER.findall(pages))
        if per == "page"
        else (),
        max_vnd=next((number(a) for a in _MAX.findall(pages)), None) if per == "page" else None,
    )


def _is_left_open(folded: str) -> bool:
    """Published as free, yet the words leave it to the council, to another text, or name an amount."""
    inside = folded.partition("(")[2]
    return bool(_COUNCIL.search(inside) or _ELSEWHERE.search(inside) or _AMOUNT.search(inside))


def parse_amount(folded: str) -> int | None:
    """Return the amount in đồng that a folded text names first, 0 for "free", None without one."""
    if _is_free(folded):
        return 0
    if "usd" in folded.split("(", maxsplit=1)[0]:
        return None
    match = _AMOUNT.search(folded)
    if match:
        return number(match.group(1))
    return None


def number(digits: str) -> int:
    """Return the whole number behind Vietnamese or English separators ("2,000", "2.000")."""
    return int(re.sub(r"\D", "", digits) or 0)


def _is_free(folded: str) -> bool:
    return folded.startswith(
        ("mien phi", "khong thu", "khong mat phi", "phi : khong", "le phi : khong")
    ) or bool(re.match(r"(?:le )?phi ?: ?(?:0|khong)\b", folded))


def _numbered(rules: list[FeeRule]) -> list[FeeRule]:
    """Keys by place; one rule that only repeats another is left out."""
    kept: list[FeeRule] = []
    for rule in rules:
        if rule not in kept:
            kept.append(rule)
    return [_with_key(rule, f"fee{place}") for place, rule in enumerate(kept, start=1)]


def _with_key(rule: FeeRule, key: str) -> FeeRule:
    return FeeRule(
        key,
        rule.name,
        rule.kind,
        rule.amount_vnd,
        rule.per,
        rule.case,
        rule.text,
        rule.tiers,
        rule.max_vnd,
    )
