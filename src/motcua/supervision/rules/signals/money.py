"""S15: what was charged beside what is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Receipt:
    """One line that was paid, and what the published rule comes to; None: known in words only."""

    charged_vnd: int
    published_vnd: int | None


def receipt_reason(found: Receipt, _table: Mapping[str, Any]) -> str:
    """Return "differs" where another amount was charged than is published.

    Source: 118/2025/NĐ-CP Điều 5 khoản 1 điểm đ, Điều 24 khoản 1.
    """
    is_known = found.published_vnd is not None
    return "differs" if is_known and found.charged_vnd != found.published_vnd else ""
