"""Tables of documents."""

from motcua.documents.models.files import INCOMING, File
from motcua.documents.models.reading import Reading, ReadValue

__all__ = ["INCOMING", "File", "ReadValue", "Reading"]
