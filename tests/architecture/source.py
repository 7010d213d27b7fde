"""The repository as these tests read it: files, functions, calls."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "motcua"


@dataclass(frozen=True)
class Function:
    """A function with where it stands."""

    file: Path
    node: ast.FunctionDef
    is_top: bool

    @property
    def place(self) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.node.lineno} {self.node.name}"

    @property
    def is_public(self) -> bool:
        return self.is_top and not self.node.name.startswith("_")

    @property
    def words(self) -> str:
        return ast.get_docstring(self.node) or ""

    @property
    def length(self) -> int:
        """Lines of its body, the docstring left out: words for callers are not clutter."""
        body = self.node.body[1:] if self.words else self.node.body
        return (self.node.end_lineno or 0) - body[0].lineno + 1 if body else 0

    @property
    def room(self) -> str:
        """What the file says about all of its functions."""
        return ast.get_docstring(tree(self.file)) or ""


@cache
def tree(file: Path) -> ast.Module:
    return ast.parse(file.read_text(), filename=str(file))


def modules() -> list[Path]:
    """Our Python files, but for what Django writes."""
    return [f for f in sorted(PACKAGE.rglob("*.py")) if "migrations" not in f.parts]


def templates() -> list[Path]:
    return sorted(PACKAGE.rglob("templates/**/*.html"))


def kind_of(file: Path) -> str:
    """Which of a module's rooms a file is: "services" for services.py and services/fees.py."""
    parts = file.relative_to(PACKAGE).with_suffix("").parts
    return parts[1] if len(parts) > 1 and parts[0] not in {"web", "config"} else parts[0]


def functions(file: Path) -> Iterator[Function]:
    module = tree(file)
    top = set(module.body)
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef):
            yield Function(file, node, node in top)


def public_functions(*kinds: str) -> list[Function]:
    return [
        function
        for file in modules()
        if kind_of(file) in kinds
        for function in functions(file)
        if function.is_public
    ]
