"""Tables of documents."""

from motcua.documents.models.digitising import Batch, BatchFile, Digitised, Sheet
from motcua.documents.models.files import INCOMING, File, Inspection
from motcua.documents.models.kho import Consent, PaperUse, StoredPaper
from motcua.documents.models.reading import Reading, ReadValue
from motcua.documents.models.uploads import Upload, UploadPiece

__all__ = [
    "INCOMING", "Batch", "BatchFile", "Consent", "Digitised", "File", "Inspection", "PaperUse",
    "ReadValue", "Reading", "Sheet", "StoredPaper", "Upload", "UploadPiece",
]  # fmt: skip
