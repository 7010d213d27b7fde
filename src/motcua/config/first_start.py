"""What `motcua run` does before serving, and what it says when it serves."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Protocol, cast

from motcua.config import prepare, statics
from motcua.config.cli.progress import Progress
from motcua.config.paths import VAR


class Demo(Protocol):
    """What a demo world offers (motcua.config.demo)."""

    def is_loaded(self) -> bool:
        """Tell whether the demo world is there."""

    def load(self, *, progress: Progress) -> None:
        """Load the demo world through the real services."""

    def logins(self) -> list[tuple[str, str, str]]:
        """Return (role in words, user name, password), one per role."""


@dataclass(frozen=True)
class Opening:
    """What was done before serving: which catalogue is in use, how long the demo world took."""

    catalogue: str
    demo_seconds: float


def complete(*, with_demo: bool, progress: Progress) -> Opening:
    """Bring catalogue and knowledge up to date, collect static files, load the demo world once."""
    from django.utils import timezone

    catalogue = prepare.catalogue_in_use()
    stamp = prepare.Stamp.read()
    if stamp.catalogue != prepare.catalogue_mark(catalogue):
        prepare.load_catalogue(catalogue, at=timezone.now(), progress=progress)
        replace(stamp, catalogue=prepare.catalogue_mark(catalogue)).write()
    prepare.load_knowledge(catalogue, progress=progress)
    statics.collect()
    began = time.monotonic()
    demo = demo_world() if with_demo else None
    is_first = demo is not None and not demo.is_loaded()
    if demo is not None and is_first:
        demo.load(progress=progress)
    seconds = time.monotonic() - began if is_first else 0.0
    return Opening(prepare.catalogue_words(catalogue), seconds)


def demo_world() -> "Demo | None":
    """Return the demo world, or None in an installation without one."""
    if find_spec("motcua.config.demo") is None:
        return None
    from importlib import import_module

    return cast(Demo, import_module("motcua.config.demo"))


def welcome(address: str, catalogue: str, seconds: float) -> str:
    """Return what a person reads when the house is open."""
    return "\n".join(_welcome_lines(address, catalogue, seconds))


def _welcome_lines(address: str, catalogue: str, seconds: float) -> Iterator[str]:
    yield ""
    yield f"Một Cửa đang chạy sau {seconds:.1f} giây:  {address}"
    yield f"  danh mục: {catalogue}"
    yield f"  dữ liệu:  {VAR}"
    demo = demo_world()
    logins = demo.logins() if demo is not None and demo.is_loaded() else []
    if logins:
        yield "Tài khoản dùng thử:"
    for role, username, password in logins:
        yield f"  {role:<34} {username:<18} {password}"
    yield "Ctrl-C để dừng; không gì còn chạy sau đó."


def standing() -> dict[str, int]:
    """Return how much there is of what a house needs."""
    from django.apps import apps

    counted = {"xã, phường, đặc khu": "Place", "cơ quan": "Agency"}
    counts = {
        words: apps.get_model("directory", model)._default_manager.count()  # noqa: SLF001
        for words, model in counted.items()
    }
    counts["thủ tục"] = apps.get_model("catalog", "Procedure")._default_manager.count()  # noqa: SLF001
    return counts
