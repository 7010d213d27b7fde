"""Duties at the desk: giving one in six clears, doing it, documents that become duties."""

import pytest
from tests.factories import world as worlds
from tests.factories.world import MONDAY_8AM, World
from tests.web.desk.conftest import At
from tests.web.visit import send, visit, words

from motcua.dossiers.models import Dossier
from motcua.supervision.models import Directive, Duty

NEW, LIST = "/desk/duties/new/", "/desk/duties/"


@pytest.fixture
def dossier(world: World) -> Dossier:
    return worlds.accepted(world, at=MONDAY_8AM)


def typed(world: World, **changed: object) -> dict[str, object]:
    return {
        "agency": world.agencies["committee"].code,
        "person": world.accounts["appraiser"].pk,
        "accountable": world.accounts["head"].pk,
        "work": "Trả xong các hồ sơ đã quá hạn trong tuần.",
        "authority": "118/2025/NĐ-CP Điều 38",
        "due": "2026-11-20",
        "product": "Báo cáo có danh sách",
        **changed,
    }


def test_a_duty_is_given_about_a_dossier_and_brought_to_its_end(
    world: World, dossier: Dossier, sits: At
) -> None:
    chairman, appraiser = sits("chairman"), sits("appraiser")
    page = visit(chairman, f"{NEW}?dossier={dossier.code}")
    assert dossier.code in words(page)
    assert page.xpath("//select[@name='person']//option[contains(., 'Phạm Hoài An')]")

    page = send(chairman, f"{NEW}?dossier={dossier.code}", typed(world))
    duty = Duty.objects.get()
    assert f"Đã giao nhiệm vụ {duty.code}" in words(page)
    assert page.xpath(f"//a[@href='/desk/dossiers/{dossier.code}/']")

    assert duty.code in words(visit(appraiser, LIST))
    handed = {"words": "Đã trả đủ hồ sơ.", "reference": "Báo cáo 15/BC-UBND", "expected": 1}
    send(appraiser, f"{LIST}{duty.code}/product/", handed)
    page = send(chairman, f"{LIST}{duty.code}/acceptance/", {"words": "", "expected": 2})

    assert "đã hoàn thành" in words(page)
    assert "Báo cáo 15/BC-UBND" in words(page)


@pytest.mark.parametrize(
    ("field", "sentence"),
    [
        ("person", "Chưa rõ người"),
        ("work", "Chưa rõ việc"),
        ("authority", "Chưa rõ thẩm quyền"),
        ("due", "Chưa rõ thời gian"),
        ("product", "Chưa rõ sản phẩm"),
        ("accountable", "Chưa rõ trách nhiệm"),
    ],
)
def test_what_is_not_clear_is_said_at_its_place_and_nothing_typed_is_lost(
    world: World, sits: At, field: str, sentence: str
) -> None:
    page = send(sits("chairman"), NEW, typed(world, **{field: ""}), status=422)

    place = page.xpath(f"//*[@id='nv_{field}']/ancestor::*[contains(@class, 'field')][1]")[0]
    assert sentence in words(place)
    kept = "product" if field != "product" else "authority"
    assert page.xpath(f"//*[@id='nv_{kept}']/@value")[0] == typed(world)[kept]
    assert not Duty.objects.exists()


def test_the_officers_of_an_agency_are_shown_before_anything_is_given(
    world: World, sits: At
) -> None:
    before = {"agency": world.agencies["centre"].code, "work": "Viết dở", "do": "agency"}
    page = send(sits("chairman"), NEW, before)

    assert page.xpath("//select[@name='person']//option[contains(., 'Lê Quang Vinh')]")
    assert "Viết dở" in words(page)
    assert not Duty.objects.exists()


def test_a_refusal_keeps_what_was_typed(world: World, sits: At) -> None:
    chairman = sits("chairman")
    send(chairman, NEW, typed(world))
    code = Duty.objects.get().code

    page = send(
        chairman, f"{LIST}{code}/extension/", {"due": "2026-11-10", "reason": "Chờ thuế xác nhận."},
        status=422,
    )  # fmt: skip

    assert "Hạn mới phải sau hạn đang có" in words(page)
    assert "Chờ thuế xác nhận." in words(page)


def test_a_document_leads_from_point_to_duty(world: World, sits: At) -> None:
    chairman = sits("chairman")
    visit(chairman, "/desk/directives/new/")
    document = {
        "number": "12/KL-UBND", "kind": "conclusion", "issued_on": "2026-11-02",
        "issuer": world.agencies["committee"].code, "signer": "Võ Văn Bình",
        "subject": "Kết luận kiểm tra việc giải quyết thủ tục",
        "points": "1. Trả hết hồ sơ quá hạn\n2. Chấn chỉnh việc yêu cầu bổ sung",
    }  # fmt: skip
    page = send(chairman, "/desk/directives/new/", document)
    directive = Directive.objects.get()
    assert "Chấn chỉnh việc yêu cầu bổ sung" in words(page)

    visit(chairman, f"{NEW}?directive={directive.pk}&point=00005")
    address = f"{NEW}?directive={directive.pk}&point=1"
    page = visit(chairman, address)
    assert "Chấn chỉnh việc yêu cầu bổ sung" in words(page)
    assert "12/KL-UBND" in page.xpath("//*[@name='authority']/@value")[0]
    send(chairman, address, typed(world))

    assert (Duty.objects.get().directive_id, Duty.objects.get().point) == (directive.pk, 1)
    assert Duty.objects.get().code in words(visit(chairman, f"/desk/directives/{directive.pk}/"))
    assert "Kết luận kiểm tra" in words(visit(sits("appraiser"), "/desk/directives/"))


def test_who_gives_no_duties_is_kept_out_and_strangers_find_none(world: World, sits: At) -> None:
    send(sits("chairman"), NEW, typed(world))
    code = Duty.objects.get().code

    assert sits("appraiser").get(NEW).status_code == 403
    assert sits("receptionist").get(f"{LIST}{code}/").status_code == 404
    assert (
        sits("receptionist").post(f"{LIST}{code}/cancellation/", {"words": "x"}).status_code == 404
    )
    assert sits("chairman").post(f"{LIST}{code}/nothing/").status_code == 404


@pytest.mark.parametrize(
    "query",
    [
        "dossier=H99",
        "directive=9&point=x",
        "directive=9&point=00000000000000000007",
        "signal=99999999999999999999",
        "figure=on_time",
        "signal=7",
        "difference=²",
        "figure=xx",
    ],
)
def test_an_address_that_says_something_odd_opens_an_empty_form(
    world: World, sits: At, query: str
) -> None:
    visit(sits("chairman"), f"{NEW}?{query}")


def test_what_came_too_late_is_refused_and_shown_as_it_was_written(world: World, sits: At) -> None:
    chairman = sits("chairman")
    send(chairman, NEW, typed(world))
    code = Duty.objects.get().code
    send(chairman, f"{LIST}{code}/cancellation/", {"words": "Việc này đã có người khác làm."})

    words_typed = "Đã mời ba cán bộ của thuế đến họp."
    page = send(
        sits("appraiser"), f"{LIST}{code}/progress/", {"words": words_typed}, status=422
    )  # fmt: skip

    assert words_typed in words(page)
    assert "không thể làm việc này" in words(page)


def test_a_reason_that_says_too_little_is_refused_at_its_place(world: World, sits: At) -> None:
    chairman = sits("chairman")
    send(chairman, NEW, typed(world))
    code = Duty.objects.get().code

    page = send(chairman, f"{LIST}{code}/cancellation/", {"words": "Thôi"}, status=422)

    field = page.xpath("//*[@id='cancellation_words']")[0]
    assert (field.text or "").strip() == "Thôi"
    assert "ít nhất 10 ký tự" in words(field.xpath("ancestor::*[contains(@class, 'field')][1]")[0])
