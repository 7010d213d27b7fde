"""Our catalogue beside a list that somebody else announced: what differs, told in words. Pure."""

from motcua.catalog.comparing.lists import List, read_list
from motcua.catalog.comparing.rules import Difference, Ours, Process, compare
from motcua.catalog.comparing.values import AGAINST, DECISION, KINDS, NATIONAL, Listed

__all__ = [
    "AGAINST", "DECISION", "KINDS", "NATIONAL", "Difference", "List", "Listed", "Ours", "Process",
    "compare", "read_list",
]  # fmt: skip
