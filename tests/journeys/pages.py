"""Every page there is, and who opens it; {names} are filled from the house's own rows."""

import re
from collections.abc import Iterator

from tests.journeys.browsing import Visitor
from tests.journeys.house import House

from motcua.dossiers.models import Dossier

# Who opens what. "" is a stranger.
PAGES: dict[str, tuple[str, ...]] = {
    "": (
        "/", "/tro-nang/", "/du-lieu-ca-nhan/", "/viec/{event}/", "/tim-kiem/",
        "/tim-kiem/?q=ho+khau", "/tim-kiem/?q=xyzzy+qqq", "/thu-tuc/", "/thu-tuc/1.004222/",
        "/thu-tuc/1.004222/?truong-hop=rent", "/thu-tuc/2.000815/",
        "/thu-tuc/1.004222/giay-to/?truong-hop=own", "/noi-nop/", "/noi-nop/22390/",
        "/noi-nop/?thu-tuc=1.004222", "/tra-cuu/", "/hoi-dap/", "/devices/kiosk/",
        "/devices/kiosk/track/", "/devices/kiosk/procedures/?q=thuong+tru",
        "/devices/kiosk/procedures/1.004222/", "/dang-nhap/", "/boards/", "/boards/wall/",
        "/boards/definitions/", "/ui/", "/xac-minh/", "/xac-minh/ngoai-tuyen/",
        "/van-ban/118-2025-nd-cp/", "/van-ban/118-2025-nd-cp/17/", "/hoi-dap/nguon/duong-day-nong/",
        "/phan-anh/", "/phan-anh/gui/", "/phan-anh/tra-cuu/", "/boards/feedback/",
        "/boards/index/", "/boards/index/tinh/", "/boards/index/tinh/procedures/?chi-so=3.1",
        "/boards/places/", "/so-lieu/", "/boards/index/H32.22390/", "/boards/digitisation/",
        "/boards/wall/?trang=2", "/boards/?ky=month&man-hinh=kiosk", "/boards/?ky=year",
    ),
    "nguoidan": (
        "/tai-khoan/", "/tai-khoan/ho-so/{own_open}/", "/tai-khoan/ho-so/{own_open}/rut/",
        "/thong-bao/", "/bao-mat/", "/dang-nhap/hai-buoc/", "/nop-ho-so/1.004222/truong-hop/",
        "/tai-khoan/giay-to/", "/tai-khoan/giay-to/them/", "/tai-khoan/giay-to/{own_paper}/",
    ),
    "tiepnhan": (
        "/desk/", "/desk/?loc=waiting", "/desk/?loc=overdue", "/desk/?loc=sent", "/desk/reception/",
        "/desk/reception/?procedure=1.004222", "/desk/reception/?procedure=2.000815&case=vietnam",
        "/desk/results/", "/desk/register/", "/desk/search/", "/desk/search/?q=nguyen",
        "/desk/dossiers/{received}/receipt/", "/desk/dossiers/{received}/assistant/",
        "/desk/hand-over/", "/desk/procedures/",
        "/desk/procedures/1.004222/", "/desk/delegation/", "/boards/", "/desk/digitise/",
        "/desk/digitise/{received}/", "/desk/digitise/{stacked}/stacks/{stack}/",
        "/desk/readings/",
        "/desk/signing/", "/desk/signing/keys/", "/desk/ratings/",
    ),
    "giamdoc": ("/desk/questions/", "/desk/copies/", "/desk/copies/register/", "/boards/digitisation/"),
    "chutich": (
        "/boards/agency/?ky=month", "/boards/agency/H32.22390.01/?ky=month",
        "/boards/commune/?ky=month", "/boards/commune/22390/?ky=month", "/boards/field/?ky=month",
        "/boards/field/?ten=Cư+trú&ky=month", "/boards/wall/?trang=2", "/boards/wall/?trang=3",
        "/boards/wall/?trang=4", "/boards/index/H32.22390/",
        "/desk/duties/", "/desk/duties/new/", "/desk/directives/", "/desk/directives/new/",
    ),
    "quantri": ("/desk/files/",),
    "tiepnhan.tinh": ("/desk/feedback/", "/desk/feedback/?loc=all", "/desk/feedback/new/"),
    "thanhtra": ("/desk/feedback/inspection/", "/boards/feedback/?theo=agency"),
    "lanhdao": (
        "/desk/supervision/", "/desk/supervision/dossiers/soon/", "/desk/supervision/warnings/",
        "/desk/supervision/signals/", "/desk/supervision/week/", "/desk/supervision/watched/",
    ),
    "lanhdao.ubnd": ("/desk/", "/desk/?loc=opinions", "/desk/assignments/", "/desk/batch/outcome/",
        "/desk/signing/", "/desk/signing/report/", "/desk/signing/outcome/", "/desk/results-register/",
    ),
    "kiemsoat": (
        "/desk/", "/desk/processes/", "/desk/processes/0/", "/desk/processes/{process}/",
        "/desk/calendars/", "/desk/search/?state=in_progress", "/boards/?ky=month",
        "/boards/officers/?ky=month&co-quan=H32.22390.01", "/boards/forms/",
        "/boards/forms/06b/", "/boards/forms/07b/", "/boards/forms/quarterly/",
        "/boards/forms/agencies/", "/boards/forms/officers/", "/boards/forms/evidence/",
        "/boards/foresight/", "/boards/foresight/promises/", "/boards/foresight/arrivals/",
        "/boards/foresight/staffing/",
        "/boards/dossiers/?so=received", "/boards/mining/?ky=year", "/desk/catalog/differences/",
    ),
}  # fmt: skip

# Who opens dossiers, each in one of every state and with every act offered there.
READERS = ("tiepnhan", "thuly", "thuly.ubnd", "lanhdao", "lanhdao.ubnd", "vanthu", "giamdoc")

# Names of addresses that show no page of their own, or only inside a story.
NO_PAGES = {
    "healthz": "for machines",
    "open311:discovery": "for machines",
    "open311:services": "for machines",
    "open311:service": "for machines",
    "open311:requests": "for machines",
    "open311:request": "for machines",
    "open311:token": "for machines",
    "set_language": "posted",
    "ui:display": "posted",
    "accounts:logout": "posted",
    "accounts:code": "test_door",
    "portal:guidance": "a PDF",
    "portal:checklist-paper": "a PDF",
    "portal:suggestions": "a part of a page",
    "portal:file": "leads on to a step",
    "portal:file-discard": "posted",
    "portal:account-supplement": "test_online",
    "portal:account-file": "a file",
    "portal:account-paper": "a PDF",
    "portal:tracked": "test_residence",
    "portal:assistant-vote": "posted",
    "desk:warning-answer": "posted",
    "desk:signal": "tests/web/desk/test_supervision.py",
    "desk:signal-explanation": "posted",
    "desk:signal-conclusion": "posted",
    "desk:duty": "tests/web/desk/test_duties.py",
    "desk:duty-act": "posted",
    "desk:directive": "tests/web/desk/test_duties.py",
    "desk:question": "tests/web/desk/test_questions.py",
    "desk:difference": "test_differences",
    "desk:difference-act": "posted",
    "desk:question-take": "posted",
    "desk:question-dismissal": "posted",
    "desk:question-review": "posted",
    "devices:kiosk-answer": "test_assistant",
    "devices:kiosk-end": "posted",
    "portal:assistant-removal": "posted",
    "portal:rating-result": "tests/web/portal/test_rating.py",
    "portal:rating-counter": "tests/web/portal/test_rating.py",
    "portal:rating-thanks": "tests/web/portal/test_rating.py",
    "boards:form-file": "a file",
    "boards:form-dossiers": "tests/web/boards/test_forms.py",
    "boards:form-parts": "tests/web/boards/test_forms.py",
    "boards:form-sending": "posted",
    "boards:form-making": "posted",
    "boards:form-closing": "posted",
    "boards:form-reasons": "posted",
    "portal:verification-report": "test_verification_in_browser",
    "portal:verification-qr": "test_verification_in_browser",
    "portal:verification-json": "for machines",
    "portal:verification-pdf": "a PDF",
    "portal:verification-file": "a file",
    "portal:verification-pem": "a file",
    "portal:verification-keys": "for machines",
    "portal:verification-short": "leads on to portal:verification-qr",
    "portal:feedback-upload": "for scripts",
    "portal:feedback-piece": "for scripts",
    "portal:feedback-own": "test_feedback",
    "portal:feedback-own-photo": "a picture",
    "portal:feedback-photo": "a picture",
    "portal:feedback-case": "test_feedback",
    "desk:feedback-case": "test_feedback",
    "desk:feedback-act": "test_feedback",
    "desk:feedback-sender": "posted",
    "desk:feedback-photo": "a picture",
    "portal:upload": "for scripts",
    "portal:file-upload": "for scripts",
    "portal:supplement-upload": "for scripts",
    "portal:store-consent": "posted",
    "portal:store-file": "a file",
    "portal:store-removal": "posted",
    "desk:upload": "for scripts",
    "desk:reception-upload": "for scripts",
    "desk:copies-outcome": "test_copies",
    "desk:copies-print": "a PDF",
    "desk:digitise-paper": "test_papers",
    "desk:digitise-sheet": "a picture",
    "desk:digitise-signatures": "posted",
    "desk:separators": "a PDF",
    "desk:file-destruction": "tests/web/desk/test_files.py",
    "desk:reading": "test_papers",
    "desk:reading-again": "posted",
    "desk:reading-confirmation": "posted",
    "desk:reading-value": "posted",
    "desk:reading-crop": "a picture",
    "desk:result": "a PDF",
    "desk:result-preview": "a PDF",
    "desk:signing-file": "a file",
    "desk:signing-picture": "posted",
    "desk:signing-signatures": "posted",
    "desk:stored-paper": "a file",
    "boards:foresight-answer": "tests/web/boards/test_foresight.py",
    "boards:export": "a CSV file",
    "portal:open-data-file": "a CSV or JSON file",
    "portal:open-data-catalog": "a JSON document",
    "desk:batch": "posted",
    "desk:dossier": "READERS",
    "desk:file": "a file",
    "desk:paper": "a PDF",
    "desk:opinion": "posted",
    "desk:slip": "test_hand_over",
    "desk:slip-arrival": "posted",
    "desk:revocation": "posted",
    "desk:assign-many": "posted",
    "desk:process-approval": "posted",
    "desk:process-file": "a BPMN file",
}

# Something for every {name}, to look an address up by.
_KEY = "00000000-0000-4000-8000-000000000000"
ANY = {"event": "x", "own_open": "x", "received": "x", "process": "1", "own_paper": _KEY,
       "stacked": "x", "stack": _KEY}  # fmt: skip


def paths_of(house: House, name: str) -> Iterator[str]:
    """Yield the addresses that somebody opens in this house."""
    found = _found(house)
    for path in PAGES[name]:
        yield path.format(**found)


def dossiers_for(visitor: Visitor) -> list[str]:
    """Return the codes of dossiers that somebody may open, one of each state."""
    found = []
    for state in Dossier.State.values:
        listed = visitor.fetch(f"/desk/search/?state={state}").decode()
        if shown := re.search(r"/desk/dossiers/([A-Z0-9.]+-\d{8}-\d{7})/", listed):
            found.append(shown.group(1))
    return found


def _found(house: House) -> dict[str, str]:
    own = (
        "SELECT d.code FROM dossiers_dossier d JOIN directory_account a ON a.party_id = d.owner_id "
        "WHERE a.username = 'nguoidan' AND d.state IN ('submitted', 'accepted', 'in_progress')"
    )
    received = (
        "SELECT d.code FROM dossiers_dossier d JOIN directory_agency g ON g.id = d.receiving_id "
        "WHERE g.code = 'H32.22390.01' AND d.accepted_at IS NOT NULL"
    )
    paper = (
        "SELECT p.uuid FROM documents_storedpaper p JOIN directory_account a "
        "ON a.party_id = p.owner_id WHERE a.username = 'nguoidan' ORDER BY p.id"
    )
    stack = "SELECT case_code, uuid FROM documents_batch ORDER BY id"
    return {
        "own_paper": str(house.rows(paper)[0][0]),
        "stacked": str(house.rows(stack)[0][0]),
        "stack": str(house.rows(stack)[0][1]),
        "event": "sinh-con",
        "own_open": house.rows(own)[0][0],
        "received": house.rows(received)[0][0],
        "process": str(house.rows("SELECT id FROM workflow_processversion ORDER BY id")[0][0]),
    }
