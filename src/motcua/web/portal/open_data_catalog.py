"""The description of the published files as DCAT-AP in JSON-LD. Pure."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from motcua.reporting import definitions as declared
from motcua.reporting.opendata.tables import (
    CROSSED_COLUMNS,
    FIRST_COLUMNS,
    HIDDEN,
    Settings,
)
from motcua.reporting.queries.open_data import Month

CROSSED = "-co-quan-linh-vuc"  # in the names of files by agency and field
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
_FIRST_CROSSED = {
    "thang": _FIRST["thang"],
    "ma": "Mã cơ quan giải quyết",
    "ten": "Tên cơ quan giải quyết",
    "linh_vuc": "Lĩnh vực của thủ tục; cơ quan và lĩnh vực không có dòng là không có hồ sơ",
}


def describe(
    months: Sequence[Month], using: Settings, *, home: str, language: str, on: date
) -> dict[str, Any]:
    """Return the catalogue: two datasets, a distribution for each file, dictionaries of columns."""
    publisher = {
        "@type": "foaf:Agent",
        "foaf:name": {"@value": using.publisher, "@language": language},
    }
    common = {
        "@type": "dcat:Dataset",
        "dct:publisher": publisher,
        "dct:language": {"@id": "http://publications.europa.eu/resource/authority/language/VIE"},
        "dct:accrualPeriodicity": {"@id": using.frequency},
        "dct:spatial": {"@type": "dct:Location", "@id": using.spatial, "dct:title": using.spatial_name},
        "dcat:keyword": [_said(word, language) for word in ("thủ tục hành chính", "một cửa", "hồ sơ")],
        "dct:license": {"@id": using.licence},
        "dct:modified": _typed(max((m.closed_at.date() for m in months), default=on)),
    }  # fmt: skip
    if months:
        common["dct:temporal"] = {
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
        "dct:language": common["dct:language"],
        "foaf:homepage": {"@id": home},
        "dcat:dataset": [
            common | _dataset(months, using, home, language),
            common | _crossed(months, using, home, language),
        ],
    }  # fmt: skip


def _dataset(months: Sequence[Month], using: Settings, home: str, language: str) -> dict[str, Any]:
    title = "Giải quyết thủ tục hành chính theo tháng: toàn tỉnh, từng cơ quan, từng lĩnh vực"
    columns = _columns(FIRST_COLUMNS, _FIRST, using, language)
    return {
        "@id": f"{home}#so-lieu-thang",
        "dct:identifier": "so-lieu-thang",
        "dct:title": _said(title, language),
        "dct:description": _said(_about(using), language),
        "csvw:tableSchema": {"@type": "csvw:Schema", "csvw:column": columns},
        "dcat:distribution": [one for month in months for one in _files(month, "", using, home)],
    }


def _crossed(months: Sequence[Month], using: Settings, home: str, language: str) -> dict[str, Any]:
    title = "Giải quyết thủ tục hành chính theo tháng: từng cơ quan trong từng lĩnh vực"
    columns = _columns(CROSSED_COLUMNS, _FIRST_CROSSED, using, language)
    files = [one for month in months for one in _files(month, CROSSED, using, home)]
    return {
        "@id": f"{home}#so-lieu-thang{CROSSED}",
        "dct:identifier": f"so-lieu-thang{CROSSED}",
        "dct:title": _said(title, language),
        "dct:description": _said(_about(using), language),
        "csvw:tableSchema": {"@type": "csvw:Schema", "csvw:column": columns},
        "dcat:distribution": files,
    }


def _files(month: Month, more: str, using: Settings, home: str) -> list[dict[str, Any]]:
    return [
        {
            "@id": f"{home}{month.name}{more}.{kind}",
            "@type": "dcat:Distribution",
            "dct:title": f"{month.name}{more} ({kind.upper()})",
            "dcat:accessURL": {"@id": home},
            "dcat:downloadURL": {"@id": f"{home}{month.name}{more}.{kind}"},
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


def _columns(
    names: Sequence[str], known: Mapping[str, str], using: Settings, language: str
) -> list[dict[str, Any]]:
    first = [
        {"csvw:name": name, "csvw:datatype": "string", "dct:description": _said(known[name], language)}
        for name in names
    ]  # fmt: skip
    counts = []
    for column in using.columns:
        figure = declared.BY_KEY[column.figure]
        told = {
            "csvw:name": column.name,
            "csvw:datatype": "integer",
            "csvw:null": HIDDEN,
            "csvw:titles": _said(figure.name, language),
            "dct:description": _said(figure.counted, language),
        }
        counts.append(told | ({"dct:source": figure.law} if figure.law else {}))
    return first + counts


def _about(using: Settings) -> str:
    return (
        "Số hồ sơ nhận, giải quyết, đúng hạn, quá hạn của từng tháng, chốt khi hết tháng, theo cơ quan"
        " giải quyết và theo lĩnh vực, riêng từng chiều và cả hai chiều."
        f" Số từ 1 đến {using.threshold - 1}, và số nào cho phép tính"
        f" ngược ra chúng, không công bố: “{HIDDEN}” trong CSV, null trong JSON."
    )


def _said(text: str, language: str) -> dict[str, str]:
    return {"@value": text, "@language": language}


def _typed(day: date) -> dict[str, str]:
    return {"@value": day.isoformat(), "@type": "xsd:date"}


def _last_day(first: date) -> date:
    return first.replace(day=monthrange(first.year, first.month)[1])
