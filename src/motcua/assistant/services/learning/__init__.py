"""The verbs of the work list: gather, take, dismiss, propose, send back, accept, withdraw."""

from motcua.assistant.learning.states import Asked
from motcua.assistant.services.learning.answers import Words, accept, propose, send_back, withdraw
from motcua.assistant.services.learning.gathering import Gathered, draft_from_case, gather
from motcua.assistant.services.learning.topics import dismiss, release, reopen, take

__all__ = [
    "Asked", "Gathered", "Words", "accept", "dismiss", "draft_from_case", "gather", "propose",
    "release", "reopen", "send_back", "take", "withdraw",
]  # fmt: skip
