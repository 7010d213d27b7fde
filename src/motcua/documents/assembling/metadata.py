"""What a PDF says about itself (XMP): its standard, title, times, and what R11 wants known."""

from dataclasses import dataclass
from datetime import date, datetime
from xml.sax.saxutils import escape

PRODUCER = "Một Cửa"
NAMESPACE = "urn:motcua:so-hoa:1"


@dataclass(frozen=True, kw_only=True)
class About:
    """A digitised paper in words.

    Source: 118/2025/NĐ-CP Điều 19 khoản 2 (kind, owner, name, abstract, validity in time and scope).
    """

    title: str
    kind: str = ""
    owner: str = ""
    number: str = ""
    abstract: str = ""
    issuer: str = ""
    issued_on: date | None = None
    valid_from: date | None = None
    valid_until: date | None = None
    scope: str = ""
    dossier: str = ""
    component: str = ""


_FIELDS = (
    ("LoaiGiayTo", "kind", "Mã loại giấy tờ"),
    ("ChuSoHuu", "owner", "Chủ sở hữu giấy tờ"),
    ("SoKyHieu", "number", "Số, ký hiệu"),
    ("CoQuanBanHanh", "issuer", "Cơ quan ban hành"),
    ("NgayBanHanh", "issued_on", "Ngày ban hành"),
    ("HieuLucTu", "valid_from", "Có hiệu lực từ"),
    ("HieuLucDen", "valid_until", "Có hiệu lực đến"),
    ("PhamViHieuLuc", "scope", "Phạm vi hiệu lực"),
    ("MaHoSo", "dossier", "Mã hồ sơ"),
    ("ThanhPhan", "component", "Thành phần hồ sơ"),
)


def xmp(about: About, *, at: datetime) -> bytes:
    """Return the XMP packet of a PDF/A-2b."""
    said = {
        tag: value.isoformat() if isinstance(value, date) else str(value)
        for tag, field, _words in _FIELDS
        if (value := getattr(about, field))
    }
    when = at.isoformat(timespec="seconds")
    subject = _alt("dc:description", about.abstract) if about.abstract else ""
    own = "".join(f"<mc:{tag}>{_text(value)}</mc:{tag}>" for tag, value in said.items())
    schemas = _schemas() if said else ""
    return (
        '<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>\n'
        '<x:xmpmeta xmlns:x="adobe:ns:meta/">'
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n'
        '<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"'
        ' xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"'
        ' xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"'
        f' xmlns:mc="{NAMESPACE}">\n'
        "<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>\n"
        f"<dc:format>application/pdf</dc:format>{_alt('dc:title', about.title)}{subject}"
        "<dc:language><rdf:Bag><rdf:li>vi</rdf:li></rdf:Bag></dc:language>\n"
        f"<xmp:CreateDate>{when}</xmp:CreateDate><xmp:ModifyDate>{when}</xmp:ModifyDate>"
        f"<xmp:CreatorTool>{PRODUCER}</xmp:CreatorTool><pdf:Producer>{PRODUCER}</pdf:Producer>\n"
        f"{own}</rdf:Description>\n{schemas}</rdf:RDF></x:xmpmeta>\n"
        + "".join(" " * 99 + "\n" for _line in range(10))
        + '<?xpacket end="w"?>'
    ).encode()


def _alt(tag: str, text: str) -> str:
    return f'<{tag}><rdf:Alt><rdf:li xml:lang="x-default">{_text(text)}</rdf:li></rdf:Alt></{tag}>'


def _text(value: str) -> str:
    return escape("".join(c for c in value if c.isprintable()))


def _schemas() -> str:
    """A PDF/A declares every property that the standard does not know."""
    properties = "".join(
        '<rdf:li rdf:parseType="Resource">'
        f"<pdfaProperty:name>{tag}</pdfaProperty:name>"
        "<pdfaProperty:valueType>Text</pdfaProperty:valueType>"
        "<pdfaProperty:category>external</pdfaProperty:category>"
        f"<pdfaProperty:description>{words}</pdfaProperty:description></rdf:li>"
        for tag, _field, words in _FIELDS
    )
    return (
        '<rdf:Description rdf:about=""'
        ' xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
        ' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"'
        ' xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
        '<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
        "<pdfaSchema:schema>Giấy tờ số hóa</pdfaSchema:schema>"
        f"<pdfaSchema:namespaceURI>{NAMESPACE}</pdfaSchema:namespaceURI>"
        "<pdfaSchema:prefix>mc</pdfaSchema:prefix>"
        f"<pdfaSchema:property><rdf:Seq>{properties}</rdf:Seq></pdfaSchema:property>"
        "</rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description>\n"
    )
