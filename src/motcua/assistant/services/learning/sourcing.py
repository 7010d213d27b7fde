"""Sources of an answer: they exist, they can be opened, and they hold on its first day."""

import re
from collections.abc import Mapping, Sequence
from datetime import date
from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from motcua.assistant.learning.refusals import SourceReplaced, UnfitAnswer
from motcua.assistant.models import LawDocument
from motcua.catalog import queries as catalog
from motcua.kernel.text import squeeze

MOST_SOURCES, LONGEST_LINK = 8, 300
_ARTICLE = re.compile(r"^(?P<number>\S+?)(?::(?P<article>[\w.]{1,20}))?$")


def checked(sources: Sequence[Mapping[str, str]], *, on: date) -> list[dict[str, str]]:
    """Return the sources as they are kept, each with its address.

    law: the document's number with ":" and the article ("118/2025/NĐ-CP:17"); procedure: its code;
    link: https only.
    Raises UnfitAnswer: none, too many, unknown. Raises SourceReplaced: not in force that day.
    """
    if not 1 <= len(sources) <= MOST_SOURCES:
        raise UnfitAnswer(_("Câu trả lời cần từ 1 đến 8 nguồn."), field="sources")
    return [_one(source, on) for source in sources]


def _one(source: Mapping[str, str], on: date) -> dict[str, str]:
    kind, reference = source.get("kind", ""), squeeze(source.get("reference", ""))
    title = squeeze(source.get("title", ""))[:300]
    if kind == "law":
        return _law(reference, title, on)
    if kind == "procedure":
        return _procedure(reference, title, on)
    if kind == "link":
        return _link(reference, title)
    raise UnfitAnswer(_("Nguồn là văn bản, thủ tục hoặc liên kết."), field="sources")


def _law(reference: str, title: str, on: date) -> dict[str, str]:
    hit = _ARTICLE.match(reference)
    document = LawDocument.objects.filter(number=hit["number"]).first() if hit else None
    if hit is None or document is None:
        said = _("Chưa biết văn bản “%s”. Ghi số hiệu và điều, như 118/2025/NĐ-CP:17.")
        raise UnfitAnswer(said % reference, field="sources")
    ended, begins = document.ended_on, document.in_force_from
    if (ended is not None and ended <= on) or (begins is not None and begins > on):
        said = _("Văn bản %s không có hiệu lực vào ngày áp dụng câu trả lời.")
        raise SourceReplaced(said % document.number)
    article = _("Điều %s") % hit["article"] if hit["article"] else ""
    named = title or " ".join(part for part in (document.number, article) if part)
    return {"kind": "law", "reference": reference, "title": named, "url": ""}


def _procedure(reference: str, title: str, on: date) -> dict[str, str]:
    version = catalog.version_in_force(reference, on=on)
    if version is None:
        said = _("Không có thủ tục %s đang có hiệu lực.")
        raise UnfitAnswer(said % reference, field="sources")
    named = title or version.procedure.name
    url = f"/thu-tuc/{reference}/"
    return {"kind": "procedure", "reference": reference, "title": named, "url": url}


def _link(reference: str, title: str) -> dict[str, str]:
    try:
        parts = urlsplit(reference)
    except ValueError:
        parts = urlsplit("")
    is_fit = parts.scheme == "https" and parts.hostname and not parts.username
    if not is_fit or len(reference) > LONGEST_LINK:
        raise UnfitAnswer(_("Liên kết phải bắt đầu bằng https://."), field="sources")
    named = title or str(parts.hostname)
    return {"kind": "link", "reference": reference, "title": named, "url": reference}
