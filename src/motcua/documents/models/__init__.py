"""Tables of documents."""

from motcua.documents.models.files import INCOMING, File, Inspection
from motcua.documents.models.reading import Reading, ReadValue
from motcua.documents.models.uploads import Upload, UploadPiece

__all__ = ["INCOMING", "File", "Inspection", "ReadValue", "Reading", "Upload", "UploadPiece"]
