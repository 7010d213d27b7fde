"""Agencies as the fold knows them."""

from motcua.directory.queries import cards
from motcua.reporting.rules.folding import Where


def agencies_by_code() -> dict[str, Where]:
    """Return every agency by its code."""
    return {card.code: Where(card.id, card.level, card.place_code) for card in cards.all_cards()}
