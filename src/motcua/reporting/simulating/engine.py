"""Living through a setting: every office by itself, with random numbers of its own."""

import zlib

import numpy as np

from motcua.reporting.simulating.flow import Flow, through
from motcua.reporting.simulating.outcome import Outcome, outcome_of
from motcua.reporting.simulating.setting import Setting


def run(setting: Setting, *, days: int, seed: int) -> Outcome:
    """Return what comes of a setting in so many working days, the first a Monday.

    The same seed gives the same people and dossiers in every variant of a setting as far as nothing
    that they depend on was changed, so that two variants can be compared.
    """
    return outcome_of(flows(setting, days=days, seed=seed), days=days)


def run_by_office(setting: Setting, *, days: int, seed: int) -> dict[str, Outcome]:
    """Return the outcome of each office by its code."""
    lived = flows(setting, days=days, seed=seed)
    return {
        office.code: outcome_of([flow], days=days)
        for office, flow in zip(setting.offices, lived, strict=True)
    }


def flows(setting: Setting, *, days: int, seed: int) -> list[Flow]:
    """Return the flow of each office, in their order."""
    return [
        through(_random(seed, office.code), office, days=days, setting=setting)
        for office in setting.offices
    ]


def _random(seed: int, code: str) -> np.random.Generator:
    return np.random.default_rng([seed, zlib.crc32(code.encode())])
