"""Files that come with a form at the counter."""

from typing import TYPE_CHECKING

from motcua.documents import services as documents

if TYPE_CHECKING:
    from motcua.web.desk.acts import Doing

MOST_FILES = 10


def stored(doing: "Doing", component: str, *, case_id: int) -> tuple[str, ...]:
    """Store the files sent for a component with its dossier, and return their names in storage.

    Raises what `documents.store` raises: a file is too large, damaged or of another kind.
    """
    if doing.files is None:
        return ()
    return tuple(
        str(
            documents.store(
                file,
                name=file.name,
                by_key=doing.by.key,
                at=doing.at,
                case_id=case_id,
                component_key=component,
                source="scan",
            ).uuid
        )
        for file in doing.files.getlist(f"file-{component}")[:MOST_FILES]
    )
