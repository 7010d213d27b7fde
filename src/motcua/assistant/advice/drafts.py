"""Drafts of what an officer writes: the request to supplement, the refusal, the proposal.

Copied from the dossier's own rows; what nobody but the officer can know stands in square brackets.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from motcua.catalog.content import Content
from motcua.dossiers.queries import Whole
from motcua.dossiers.queries.completeness import Checked
from motcua.dossiers.rules.states import ACT_RULES, Act

_LONGEST_LAW = 200


@dataclass(frozen=True)
class Draft:
    """A text with its clauses. act: whose form takes it; field: of that form; missing: to be filled."""

    key: str
    title: str
    act: Act
    text: str
    law: str
    field: str = "reason"
    is_allowed: bool = False

    @property
    def has_blanks(self) -> bool:
        """Whether something stands in square brackets that the officer has to write."""
        return "[" in self.text


def of_dossier(*, whole: Whole, content: Content, checked: Checked) -> tuple[Draft, ...]:
    """Return the drafts that fit the dossier; what may be done now first."""
    acts = {one.act for one in whole.acts}
    refuse = Act.REFUSE_INTAKE if Act.REFUSE_INTAKE in acts else Act.PROPOSE_REFUSAL
    drafts = (
        _draft(
            "supplement", _("Phiếu yêu cầu bổ sung"), Act.REQUEST_SUPPLEMENT, _lacking(checked)
        ),
        _draft("refusal", _("Nội dung từ chối"), refuse, _refusal(content), _published(content)),
        _draft(
            "result",
            _("Ý kiến thẩm định"),
            Act.APPRAISE,
            _result(content, whole.dossier.case_key),
            _published(content),
        ),
    )
    fitting = [Draft(d.key, d.title, d.act, d.text, d.law, d.field, d.act in acts) for d in drafts]
    return tuple(sorted(fitting, key=lambda d: not d.is_allowed))


def _draft(key: str, title: str, act: Act, text: str, basis: str = "") -> Draft:
    law = "; ".join(part for part in (ACT_RULES[act].law, basis) if part)
    field = "note" if act is Act.APPRAISE else "reason"
    return Draft(key, title, act, text, law[:_LONGEST_LAW], field)


def _lacking(checked: Checked) -> str:
    lines = [f"{n}. {line.name}: {line.reason}" for n, line in enumerate(checked.proposed, 1)]
    if not lines:
        lines = ["[giấy tờ nào, thiếu hoặc sai ở đâu]"]
    begun = "Hồ sơ chưa đủ để giải quyết. Đề nghị ông/bà bổ sung một lần các giấy tờ sau:"
    return "\n".join([begun, *lines])


def _refusal(content: Content) -> str:
    lines = [
        "Hồ sơ không đủ điều kiện giải quyết vì [điều kiện nào không đạt, căn cứ vào giấy tờ nào]."
    ]
    if content.conditions:
        lines.append(f"Điều kiện đã công bố: {_short(content.conditions)}")
    lines.append("Ông/bà có quyền khiếu nại hoặc khởi kiện theo pháp luật.")
    return "\n".join(lines)


def _result(content: Content, case: str) -> str:
    names = [result.name for result in content.results]
    result = names[0] if names else content.name
    papers = _names([one.name for one in content.components_for(case) if one.required])
    law = "; ".join(part for part in (ACT_RULES[Act.APPRAISE].law, _published(content)) if part)
    return (
        f"Đã kiểm tra thành phần hồ sơ theo danh mục công bố ({papers}). "
        f"[điều kiện đã đối chiếu với giấy tờ nào]. Đề nghị: {result}. Căn cứ: {law}."
    )


def _published(content: Content) -> str:
    return "; ".join(legal.number for legal in content.legal[:3])


def _names(names: Sequence[str]) -> str:
    return "; ".join(_short(name, 80) for name in names[:4]) or "không có giấy tờ bắt buộc"


def _short(text: str, most: int = 400) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= most else f"{flat[:most].rsplit(' ', 1)[0]}…"
