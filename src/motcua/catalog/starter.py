"""The starter catalogue as procedures, and how it enriches what the national file says."""

from dataclasses import replace
from functools import cache
from typing import Any

from motcua.catalog.content import Channel, Content, FeeRule, LimitRule
from motcua.catalog.data.starter import reading
from motcua.catalog.national.rows import Parsed
from motcua.catalog.national.scope import family_of, is_offered


@cache
def starter() -> dict[str, Parsed]:
    """Return the starter catalogue by code."""
    return {row["code"]: _parsed(row) for row in reading.procedures()}


def _parsed(row: dict[str, Any]) -> Parsed:
    known = {"online_level": row["online_level"], "online_reason": row["online_reason"]}
    content = Content.from_json({**row["content"], **known})
    return Parsed(
        code=row["code"],
        name=content.name,
        family=family_of(content.name)[:400],
        field=content.field,
        issuer="",
        scope="national",
        state="active",
        is_offered=is_offered("national", "active", content.levels, content.name),
        decision_number="",
        source="starter",
        content=content,
        usage=row["usage"],
        online_filing=row["online_filing"],
        aliases=tuple(row["aliases"]),
    )


def enriched(published: Parsed) -> Parsed:
    """Return the published procedure with what the starter catalogue adds to it, if anything.

    The numbers stay those that are published; cases, papers and forms are the starter's reading of
    the published lists, and so are the everyday words.
    """
    ours = starter().get(published.code)
    if ours is None:
        return published
    content = enriched_content(published.content, ours.content)
    return replace(
        published,
        content=content,
        is_offered=is_offered(published.scope, published.state, content.levels, published.name),
        usage=ours.usage,
        online_filing=ours.online_filing,
        aliases=ours.aliases,
    )


def enriched_content(published: Content, ours: Content) -> Content:
    """Return the published content with the starter's cases, papers, form and plain words.

    A limit or fee of the starter is taken only where nothing is published as a number or where it
    says the same numbers, told apart by case.
    """
    papers = ours if ours.components else published
    return replace(
        published,
        cases=papers.cases,
        components=papers.components,
        channels=_channels(published.channels, ours.channels),
        subjects=published.subjects or ours.subjects,
        steps=published.steps or ours.steps,
        conditions=published.conditions or ours.conditions,
        results=published.results or ours.results,
        legal=published.legal or ours.legal,
        levels=published.levels or ours.levels,
        authority=published.authority or ours.authority,
        immediate=published.immediate or (ours.immediate and not _numbers(published.channels)),
        form=ours.form,
        plain=ours.plain,
        process=ours.process,
        online_level=published.online_level or ours.online_level,
        online_reason=ours.online_reason,
        detail="full" if ours.components else published.detail,
    )


def _channels(published: tuple[Channel, ...], ours: tuple[Channel, ...]) -> tuple[Channel, ...]:
    if not published:
        return ours
    known = {channel.kind: channel for channel in ours}
    return tuple(_channel(channel, known.get(channel.kind)) for channel in published)


def _channel(published: Channel, ours: Channel | None) -> Channel:
    if ours is None:
        return published
    said, read = _known_limits(published.limits), _known_limits(ours.limits)
    limits = ours.limits if read and (not said or said <= read) else published.limits
    paid, priced = _known_fees(published.fees), _known_fees(ours.fees)
    fees = ours.fees if ours.fees and (not paid or paid <= priced) else published.fees
    return Channel(published.kind, limits, fees)


def _known_limits(rules: tuple[LimitRule, ...]) -> set[tuple[int | None, object]]:
    return {(rule.value, rule.unit) for rule in rules if rule.limit is not None}


def _known_fees(rules: tuple[FeeRule, ...]) -> set[int]:
    return {rule.amount_vnd for rule in rules if rule.amount_vnd is not None}


def _numbers(channels: tuple[Channel, ...]) -> bool:
    return any(rule.limit is not None for channel in channels for rule in channel.limits)
