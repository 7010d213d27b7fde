"""Reads of documents: files (files.py); others are asked by their module, like kho."""

from motcua.documents.queries.condition import (
    Condition,
    condition,
    isolated_file,
    stored_files,
)
from motcua.documents.queries.files import (
    download_headers,
    file_of_draft,
    file_of_party,
    file_within,
    files_of_case,
    files_of_draft,
    readable,
    unfinished_uploads,
    upload_of,
    versions_of,
    viewing_headers,
)

__all__ = [
    "Condition", "condition", "download_headers", "file_of_draft", "file_of_party", "file_within",
    "files_of_case", "files_of_draft", "isolated_file", "readable", "stored_files",
    "unfinished_uploads", "upload_of", "versions_of", "viewing_headers",
]  # fmt: skip
