"""Acts on a dossier: POST /dossiers/{code}/acts/{act}, one operation and one shape for each."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from ninja import Router
from ninja.params import functions as params

from motcua.directory.queries import people
from motcua.dossiers import services as dossiers
from motcua.dossiers.rules.states import ACT_RULES, SAY, Act
from motcua.kernel.refused import Refused
from motcua.web.api.answers import answer, expected_revision
from motcua.web.api.doors import caller, moment
from motcua.web.api.once import once
from motcua.web.api.problems import UnfitBody
from motcua.web.api.shapes import acting
from motcua.web.api.shapes.filing import In
from motcua.web.api.shapes.reading import StateOut, state_of

if TYPE_CHECKING:
    from motcua.directory.models import Account

router = Router(tags=["acts"])


class NoSuchOfficer(Refused):
    """Nobody has that user name."""

    field = "to"


@dataclass(frozen=True)
class Deed:
    """An act as the API offers it: its name, what it takes, and the service that does it."""

    act: Act
    takes: type[In]
    does: Callable[..., Any]
    name: str = ""

    @property
    def noun(self) -> str:
        """The act's name in the address."""
        return self.name or self.act.value


DEEDS = (
    Deed(Act.ACCEPT, acting.AcceptIn, dossiers.accept),
    Deed(Act.REFUSE_INTAKE, acting.RefusalIn, dossiers.refuse_intake),
    Deed(Act.REQUEST_SUPPLEMENT, acting.SupplementIn, dossiers.request_supplement),
    Deed(Act.CLOSE_UNSUPPLEMENTED, acting.NothingIn, dossiers.close_unsupplemented),
    Deed(Act.RECEIVE, acting.NothingIn, dossiers.receive),
    Deed(Act.ASSIGN, acting.AssignIn, dossiers.assign),
    Deed(Act.CONSULT, acting.ConsultIn, dossiers.consult),
    Deed(Act.APPRAISE, acting.AppraiseIn, dossiers.appraise),
    Deed(Act.PROPOSE_REFUSAL, acting.RefusalIn, dossiers.propose_refusal),
    Deed(Act.SEND_BACK, acting.SendBackIn, dossiers.send_back),
    Deed(Act.APPROVE, acting.NothingIn, dossiers.approve),
    Deed(Act.ISSUE, acting.IssueIn, dossiers.issue),
    Deed(Act.RETURN_RESULT, acting.ReturnIn, dossiers.return_result),
    Deed(Act.RETURN_ORIGINALS, acting.OriginalsIn, dossiers.return_originals),
    Deed(Act.EXTEND, acting.ExtendIn, dossiers.extend),
    Deed(Act.REQUIRE_PAYMENT, acting.ObligationIn, dossiers.require_payment),
    Deed(Act.CONFIRM_PAYMENT, acting.PaymentIn, dossiers.confirm_payment),
    Deed(Act.WITHDRAW, acting.ReasonIn, dossiers.withdraw),
    Deed(Act.AMEND, acting.AmendIn, dossiers.amend),
    Deed(Act.CORRECT_RESULT, acting.ReasonIn, dossiers.correct_result),
    Deed(Act.CORRECT_RESULT, acting.CorrectionIn, dossiers.issue_correction, "issue_correction"),
    Deed(Act.DRAFT_RESULT, acting.DraftIn, dossiers.prepare_result),
    Deed(Act.REVOKE_RESULT, acting.RefusalIn, dossiers.revoke_result),
    Deed(Act.SETTLE_AT_ONCE, acting.AtOnceIn, dossiers.settle_at_once),
)


def _do(deed: Deed, request: HttpRequest, code: str, body: In | None) -> HttpResponse:
    """Do the act with what was sent; its fields are the service's arguments."""
    if body is None:
        body = _empty(deed)
    values = dict(body.__dict__)
    if deed.act is Act.ASSIGN:
        values["to"] = _officer(values["to"])
    if deed.act is not Act.CLOSE_UNSUPPLEMENTED:  # silence has nothing to conflict with
        values["expected"] = expected_revision(request)
    done = deed.does(code=code, by=caller(request), at=moment(), **values)
    state = state_of(getattr(done, "dossier", done))
    return answer(state, revision=state.revision)


def _empty(deed: Deed) -> In:
    """Return the shape without anything sent: acts that need nothing take no body either."""
    lacking = [name for name, field in deed.takes.model_fields.items() if field.is_required()]
    if lacking:
        raise UnfitBody([{"field": name, "message": _("Còn thiếu mục này.")} for name in lacking])
    return deed.takes()


def _officer(username: str) -> "Account":
    account = people.account_named(username)
    if account is None:
        raise NoSuchOfficer(_("Không có cán bộ nào tên đăng nhập là %s.") % username)
    return account


def _operation(deed: Deed) -> Callable[..., HttpResponse]:
    """Return the view of one act; ninja reads the shape from its annotations."""

    def view(request: HttpRequest, code: str, body: In | None = None) -> HttpResponse:
        return _do(deed, request, code, body)

    view.__name__ = f"act_{deed.noun}"
    view.__annotations__ = {
        "request": HttpRequest,
        "code": str,
        "body": deed.takes | None,
        "return": HttpResponse,
    }
    view.__defaults__ = (params.Body(None),)
    guarded = once(view)
    guarded.__annotations__ = view.__annotations__
    return guarded


def _offer(deed: Deed) -> None:
    rule = ACT_RULES[deed.act]
    router.add_api_operation(
        f"/{{code}}/acts/{deed.noun}",
        ["POST"],
        _operation(deed),
        response={200: StateOut},
        operation_id=f"act_{deed.noun}",
        summary=SAY[deed.act],
        description=f"{rule.law}. States: {', '.join(sorted(rule.states))}.",
    )


for _deed in DEEDS:
    _offer(_deed)
