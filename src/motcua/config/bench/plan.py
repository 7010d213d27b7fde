"""What is measured, in which order, on a house of its own under var/bench."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from motcua.config import serving, statics
from motcua.config.bench import cast, load, meter
from motcua.config.bench.report import Figures
from motcua.config.bench.stories import ApiStory, DeskStory
from motcua.config.bench.wire import Wire
from motcua.config.cli.progress import Progress
from motcua.config.paths import VAR

CLIENTS = 8
_HOST = "127.0.0.1"


def measure(*, parts: list[str], dossiers: int, scale: int, progress: Progress) -> Figures:
    """Measure the wanted parts and return their figures by part."""
    figures: Figures = {}
    if "due" in parts:
        figures["due"] = due_dates()
    if {"api", "desk"} & set(parts):
        figures |= settled(parts=parts, dossiers=dossiers, progress=progress)
    if "sql" in parts:
        figures["sql"] = sql_alone(dossiers=dossiers, progress=progress)
    if "forms" in parts:
        figures["forms"] = forms()
    if "pages" in parts:
        figures |= at_scale(dossiers=scale, progress=progress)
    return figures


def due_dates() -> dict[str, object]:
    """Measure due dates a second on one core."""
    from motcua.kernel.worktime import bench

    return {"per_second": round(bench.due_per_second())}


def sql_alone(*, dossiers: int, progress: Progress) -> dict[str, object]:
    """Measure the statements of a settled dossier without the house around them."""
    from motcua.config.bench import sql

    progress.say(f"Đo riêng SQL bằng pgbench: {dossiers} hồ sơ…")
    towns = cast.towns(CLIENTS)
    return sql.measure(towns, dossiers=dossiers, postmaster=_postmaster())


def forms() -> dict[str, object]:
    """Measure how long each official paper takes, in milliseconds."""
    from motcua.documents.papers import bench

    return dict(bench.milliseconds())


def settled(*, parts: list[str], dossiers: int, progress: Progress) -> Figures:
    """Measure what a settled dossier costs, over the API and over the desk's pages."""
    progress.say("Chuẩn bị cán bộ của tám xã…")
    towns = cast.towns(CLIENTS)
    figures: Figures = {}
    with running_house() as (house, processes):
        makers: dict[str, Callable[[list[cast.Town], int], Sequence[load.Story]]] = {
            "api": _api_stories,
            "desk": _desk_stories,
        }
        for part, maker in makers.items():
            if part in parts:
                progress.say(f"Đo {part}: {dossiers} hồ sơ, {CLIENTS} máy khách…")
                cost = load.run(maker(towns, house.port), dossiers=dossiers, parts=processes)
                figures[part] = cost.as_dict()
        figures["memory_mib"] = {
            part: round(meter.memory_mib(pids), 1) for part, pids in processes.items()
        }
    return figures


def at_scale(*, dossiers: int, progress: Progress) -> Figures:
    """Measure pages among so many dossiers."""
    from motcua.config.bench import pages, scale

    scale.grow(wanted=dossiers, progress=progress)
    town = cast.busiest_town()
    with running_house() as (house, _processes):
        story = _desk_stories([town], house.port)[0]
        progress.say("Đo các trang…")
        wire = story.wires["receptionist"]
        return pages.measure(town=town, wire=wire, host=(_HOST, house.port))


def _api_stories(towns: list[cast.Town], port: int) -> list[load.Story]:
    chances = load.randoms(len(towns))
    return [ApiStory(Wire(_HOST, port), *pair) for pair in zip(towns, chances, strict=True)]


def _desk_stories(towns: list[cast.Town], port: int) -> list[DeskStory]:
    made = []
    for town, chance in zip(towns, load.randoms(len(towns)), strict=True):
        story = DeskStory({role: Wire(_HOST, port) for role in cast.ROLES}, town, chance)
        story.sign_in()
        made.append(story)
    return made


@contextmanager
def running_house() -> Iterator[tuple[serving.House, dict[str, list[int]]]]:
    """Run a house (two web processes, one worker) and name the processes of each part."""
    statics.collect()
    house = serving.House(_HOST, serving.free_port(_HOST), 2)
    try:
        house.start()
        house.wait_until_it_answers()
        yield (
            house,
            {
                "web": [house.children["web"].pid],
                "worker": [house.children["worker"].pid],
                "postgres": [_postmaster()],
            },
        )
    finally:
        house.stop()


def _postmaster() -> int:
    """Return the process of the embedded server, which is the one that is measured."""
    return int(Path(VAR / "postgres" / "postmaster.pid").read_text().split()[0])
