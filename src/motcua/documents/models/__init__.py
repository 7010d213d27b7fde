"""Tables of documents."""

from motcua.documents.models.digitising import Batch, BatchFile, Digitised, Sheet
from motcua.documents.models.files import INCOMING, File, Inspection
from motcua.documents.models.reading import Reading, ReadValue
from motcua.documents.models.uploads import Upload, UploadPiece

__all__ = [
    "INCOMING", "Batch", "BatchFile", "Digitised", "File", "Inspection", "ReadValue", "Reading",
    "Sheet", "Upload", "UploadPiece",
]  # fmt: skip
