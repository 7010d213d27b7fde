"""Tables of documents."""

from motcua.documents.models.files import INCOMING, File

__all__ = ["INCOMING", "File"]
