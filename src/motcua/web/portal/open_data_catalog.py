"""The description of the published files as DCAT-AP in JSON-LD. Pure."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from typing import Any

from motcua.reporting import definitions as declared
from motcua.reporting.opendata.tables import FIRST_COLUMNS, HIDDEN, Settings
from motcua.reporting.queries.open_data import Month

_TYPES = {
    "csv": "http://publications.europa.eu/resource/authority/file-type/CSV",
    "json": "http://publications.europa.eu/resource/authority/file-type/JSON",
}
_MEDIA = "https://www.iana.org/assignments/media-types/"
_MEDIA_TYPES = {"csv": "text/csv", "json": "application/json"}
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#", "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/", "xsd": "http://www.w3.org/2001/XMLSchema#",
    "csvw": "http://www.w3.org/ns/csvw#", "spdx": "http://spdx.org/rdf/terms#",
}  # fmt: skip
_FIRST = {
    "thang": "Tháng, như 2026-10",
    "theo": "toan_tinh, co_quan hoặc linh_vuc: dòng này cộng theo gì",
    "ma": "Mã cơ quan, hoặc tên lĩnh vực; trống ở dòng toàn tỉnh",
    "ten": "Tên cơ quan hoặc lĩnh vực",
}


def describe(
    months: Sequence[Month], using: Settings, *, home: str, language: str, on: date
) -> dict[str, Any]:
    """Return the catalogue: one dataset, a distribution for each file, a dictionary of columns."""
    publisher = {
        "@type": "foaf:Agent",
        "foaf:name": {"@value": using.publisher, "@language": language},
    }
    dataset = {
        "@id": f"{home}#so-lieu-thang",
        "@type": "dcat:Dataset",
        "dct:identifier": "so-lieu-thang",
        "dct:title": _said("Giải quyết thủ tục hành chính theo tháng, cơ quan và lĩnh vực", language),
        "dct:description": _said(_about(using), language),
        "dct:publisher": publisher,
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/VIE"},
        "dct:accrualPeriodicity": {"@id": using.frequency},
        "dct:spatial": {"@type": "dct:Location", "@id": using.spatial, "dct:title": using.spatial_name},
        "dcat:keyword": [_said(word, language) for word in ("thủ tục hành chính", "một cửa", "hồ sơ")],
        "dct:license": {"@id": using.licence},
        "dct:modified": _typed(max((m.closed_at.date() for m in months), default=on)),
        "csvw:tableSchema": {"@type": "csvw:Schema", "csvw:column": _columns(using, language)},
        "dcat:distribution": [one for month in months for one in _files(month, using, home)],
    }  # fmt: skip
    if months:
        dataset["dct:temporal"] = {
            "@type": "dct:PeriodOfTime",
            "dcat:startDate": _typed(months[-1].first),
            "dcat:endDate": _typed(_last_day(months[0].first)),
        }
    return {
        "@context": _CONTEXT,
        "@id": home,
        "@type": "dcat:Catalog",
        "dct:title": _said("Số liệu công khai tỉnh Khánh Hòa", language),
        "dct:description": _said("Số liệu giải quyết thủ tục hành chính, công bố từng tháng", language),
        "dct:publisher": publisher,
        "dct:language": dataset["dct:language"],
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [dataset],
    }  # fmt: skip


def _files(month: Month, using: Settings, home: str) -> list[dict[str, Any]]:
    return [
        {
            "@id": f"{home}{month.name}.{kind}",
            "@type": "dcat:Distribution",
            "dct:title": f"{month.name} ({kind.upper()})",
            "dcat:accessURL": {"@id": home},
            "dcat:downloadURL": {"@id": f"{home}{month.name}.{kind}"},
            "dct:format": {"@id": file_type},
            "dcat:mediaType": {"@id": f"{_MEDIA}{_MEDIA_TYPES[kind]}"},
            "dct:license": {"@id": using.licence},
            "dct:issued": {
                "@value": month.closed_at.isoformat(),
                "@type": "xsd:dateTime",
            },
            "dct:temporal": {
                "@type": "dct:PeriodOfTime",
                "dcat:startDate": _typed(month.first),
                "dcat:endDate": _typed(_last_day(month.first)),
            },
        }
        for kind, file_type in _TYPES.items()
    ]


def _columns(using: Settings, language: str) -> list[dict[str, Any]]:
    first = [
        {"csvw:name": name, "csvw:datatype": "string", "dct:description": _said(_FIRST[name], language)}
        for name in FIRST_COLUMNS
    ]  # fmt: skip
    counts = []
    for column in using.columns:
        known = declared.BY_KEY[column.figure]
        told = {
            "csvw:name": column.name,
            "csvw:datatype": "integer",
            "csvw:null": HIDDEN,
            "csvw:titles": _said(known.name, language),
            "dct:description": _said(known.counted, language),
        }
        counts.append(told | ({"dct:source": known.law} if known.law else {}))
    return first + counts


def _about(using: Settings) -> str:
    return (
        "Số hồ sơ nhận, giải quyết, đúng hạn, quá hạn của từng tháng, chốt khi hết tháng, theo cơ quan"
        f" giải quyết và theo lĩnh vực. Số từ 1 đến {using.threshold - 1}, và số nào cho phép tính"
        f" ngược ra chúng, không công bố: “{HIDDEN}” trong CSV, null trong JSON."
    )


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _typed(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
