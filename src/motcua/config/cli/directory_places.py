"""Commands about places: service points, outlines of communes, and how many people live there."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from motcua.config.cli.command import Answer, Arguments, Needs, command
from motcua.config.cli.progress import Progress

if TYPE_CHECKING:
    from motcua.directory.services.points import Loaded


def _file_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="TỆP", help="tệp để nạp")
    parser.add_argument("--source", default="", metavar="NGUỒN", help="nguồn, hiện trên trang")


def _source(arguments: Arguments) -> str:
    return arguments.source or Path(arguments.file).name


@command(
    "directory points",
    help="nạp điểm phục vụ từ CSV: kind,name,address,lat,lon,hours,place,valid_from,valid_to",
    needs=Needs.TABLES,
    arguments=_file_arguments,
)
def points(arguments: Arguments, progress: Progress) -> Answer:
    """Load service points; loading again brings them up to date."""
    return _load("load_points", arguments)


@command(
    "directory shapes",
    help="nạp ranh giới các xã, phường từ GeoJSON",
    needs=Needs.TABLES,
    arguments=_file_arguments,
)
def shapes(arguments: Arguments, progress: Progress) -> Answer:
    """Load the outlines of the communes."""
    return _load("load_shapes", arguments)


@command(
    "directory population",
    help="nạp số dân các xã, phường từ CSV: code,population",
    needs=Needs.TABLES,
    arguments=_file_arguments,
)
def population(arguments: Arguments, progress: Progress) -> Answer:
    """Load how many people live in each commune."""
    return _load("load_population", arguments)


def _load(verb: str, arguments: Arguments) -> Answer:
    """Load the file with the service of that name, and say what was taken and what set aside."""
    from django.utils import timezone

    from motcua.directory.actor import SYSTEM
    from motcua.directory.services import points as loading

    load = getattr(loading, verb)
    at = timezone.localtime()
    return _answer(load(arguments.file, source=_source(arguments), by=SYSTEM, at=at))


def _answer(report: "Loaded") -> Answer:
    document = {"taken": report.taken, "set_aside": report.set_aside}
    line = f"Đã nạp {report.taken}, để lại {len(report.set_aside)}."
    return Answer(document, (line, *(f"  {why}" for why in report.set_aside[:20])))
