"""New words about a PDF/A: its metadata exchanged, its pages as they were."""

from datetime import datetime
from typing import BinaryIO

import pikepdf

from motcua.documents.assembling.metadata import PRODUCER, About, xmp
from motcua.documents.assembling.writer import pdf_date


def retitle(before: BinaryIO, out: BinaryIO, *, about: About, at: datetime) -> None:
    """Write the PDF anew with other words about it. Not for a signed one: its signature would break."""
    with pikepdf.open(before) as pdf:
        pdf.Root.Metadata = pdf.make_stream(
            xmp(about, at=at), Type=pikepdf.Name.Metadata, Subtype=pikepdf.Name.XML
        )
        told = pdf.docinfo
        told["/Title"] = about.title
        told["/Producer"] = told["/Creator"] = PRODUCER
        told["/CreationDate"] = told["/ModDate"] = pdf_date(at)
        # Metadata stay readable as they are: no stream is packed anew.
        pdf.save(out, compress_streams=False, preserve_pdfa=True)
