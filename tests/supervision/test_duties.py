"""Duties in six clears: what is refused, who may do what, the way to the product."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import product as every

import pytest
from django.db import transaction

from motcua.directory.actor import PUBLIC, SYSTEM, Actor
from motcua.directory.models import Post
from motcua.directory.services import people
from motcua.ledger.models import FactRow
from motcua.notifications.models import Message
from motcua.supervision import duty_refusals as refusals
from motcua.supervision.models import Duty
from motcua.supervision.queries import duties as queries
from motcua.supervision.rules import duties as rules
from motcua.supervision.rules.duties import Act, Clear, Office, Sides
from motcua.supervision.services import duties
from tests.factories.world import MONDAY_8AM, World
from tests.feedback.conftest import world  # noqa: F401  the province with its chairman

FRIDAY_5PM = MONDAY_8AM + timedelta(days=4, hours=9)
FORM = {
    "work": "Trả xong các hồ sơ đã quá hạn trong tuần.",
    "authority": "118/2025/NĐ-CP Điều 38",
    "product": "Báo cáo có danh sách hồ sơ",
}


def clear(world: World, **changed: object) -> Clear:  # noqa: F811
    said = {
        "person_id": world["appraiser"].account_id,
        "due_at": FRIDAY_5PM,
        "accountable_id": world["head"].account_id,
        **FORM,
        **changed,
    }
    return Clear(**said)


def given(world: World, by: str = "province_chairman", **changed: object) -> Duty:  # noqa: F811
    return duties.give(
        agency=world.agencies["committee"].code,
        clear=clear(world),
        by=world[by],
        at=MONDAY_8AM,
        **changed,
    )


DONE = {"words": "Đã trả đủ 12 hồ sơ.", "reference": "Báo cáo 15/BC-UBND"}


def report(world: World, duty: Duty, at: datetime = MONDAY_8AM) -> Duty:  # noqa: F811
    return duties.report_product(code=duty.code, by=world["appraiser"], at=at, **DONE)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("person_id", None),
        ("work", "Làm ngay"),
        ("authority", "  "),
        ("due_at", None),
        ("due_at", MONDAY_8AM),
        ("product", "x"),
        ("accountable_id", None),
    ],
)
def test_a_duty_in_which_one_of_six_is_missing_is_refused_at_that_field(world, field, value):  # noqa: F811
    with pytest.raises(refusals.Unclear) as refused:
        duties.give(
            agency=world.agencies["committee"].code,
            clear=clear(world, **{field: value}),
            by=world["province_chairman"],
            at=MONDAY_8AM,
        )

    assert refused.value.field == field.removesuffix("_id")
    assert not Duty.objects.exists()
    assert not FactRow.objects.filter(kind="duty.given").exists()


def test_who_does_it_works_at_that_agency_and_who_answers_leads_it(world):  # noqa: F811
    for field, name in (("person", "department_appraiser"), ("accountable", "appraiser2")):
        with pytest.raises(refusals.Unclear) as refused:
            duties.give(
                agency=world.agencies["committee"].code,
                clear=replace(clear(world), **{f"{field}_id": world[name].account_id}),
                by=world["province_chairman"],
                at=MONDAY_8AM,
            )
        assert refused.value.field == field


@pytest.mark.parametrize(
    ("name", "agency", "may"),
    [
        ("province_chairman", "committee", True),
        ("province_chairman", "department", True),
        ("controller", "department", True),
        ("auditor", "committee", True),
        ("chairman", "committee", True),
        ("chairman", "centre", True),  # the centre of the same commune
        ("chairman", "department", False),
        ("chairman", "committee2", False),
        ("head", "committee", True),
        ("head", "centre", False),
        ("centre_lead", "centre", True),
        ("appraiser", "committee", False),
        ("receptionist", "centre", False),
    ],
)
def test_who_may_give_to_whom(world, name, agency, may):  # noqa: F811
    if agency not in world.agencies:
        pytest.skip("this province has no such agency")
    key = world.agencies[agency].pk

    assert rules.may_give(world[name], agency_id=key, neighbours=queries.neighbours(key)) is may
    assert (key in {card.id for card in queries.reachable(world[name])}) is may


def test_the_way_to_the_product_is_told_in_the_ledger(world):  # noqa: F811
    duty = given(world, about=[duties.About("dossier", "H32-1", "Hồ sơ")])
    duties.report_progress(
        code=duty.code, words="Đã xong một nửa số hồ sơ.", by=world["appraiser"], at=MONDAY_8AM
    )
    report(world, duty)
    duties.send_back(
        code=duty.code,
        reason="Thiếu danh sách hồ sơ.",
        by=world["province_chairman"],
        at=MONDAY_8AM,
    )
    duties.extend(
        code=duty.code,
        due_at=FRIDAY_5PM + timedelta(days=3),
        reason="Chờ cơ quan thuế xác nhận.",
        by=world["controller"],
        at=MONDAY_8AM,
    )
    report(world, duty, at=FRIDAY_5PM + timedelta(days=1))
    done = duties.accept(
        code=duty.code, words="", by=world["province_chairman"], at=FRIDAY_5PM + timedelta(days=2)
    )

    kinds = list(
        FactRow.objects.filter(stream=duty.stream).order_by("seq").values_list("kind", flat=True)
    )
    assert kinds == [
        "duty.given", "duty.progressed", "duty.reported", "duty.sent_back", "duty.extended",
        "duty.reported", "duty.accepted",
    ]  # fmt: skip
    assert done.state == "accepted"
    assert done.revision == len(kinds)
    assert done.due_original == FRIDAY_5PM
    assert [
        one.code for one in queries.of_link(world["controller"], kind="dossier", key="H32-1")
    ] == [duty.code]


def test_nobody_accepts_the_own_product(world):  # noqa: F811
    duty = duties.give(
        agency=world.agencies["committee"].code,
        clear=clear(world, person_id=world["head"].account_id),
        by=world["head"],
        at=MONDAY_8AM,
    )
    duties.report_product(code=duty.code, by=world["head"], at=MONDAY_8AM, **DONE)

    with pytest.raises(refusals.NotYours):
        duties.accept(code=duty.code, words="", by=world["head"], at=MONDAY_8AM)


def test_who_gave_it_and_answers_for_it_does_not_hand_the_product_in(world):  # noqa: F811
    duty = given(world, by="head")

    with pytest.raises(refusals.NotYours):
        duties.report_product(code=duty.code, by=world["head"], at=MONDAY_8AM, **DONE)

    report(world, duty)
    duties.accept(code=duty.code, words="", by=world["head"], at=MONDAY_8AM)
    assert Duty.objects.get().state == "accepted"


def test_a_late_product_is_called_late_and_an_overdue_duty_is_noted_once(world):  # noqa: F811
    duty = given(world)
    later = FRIDAY_5PM + timedelta(days=1)

    assert duties.note_overdue(at=FRIDAY_5PM) == 0
    assert duties.note_overdue(at=later) == 1
    assert duties.note_overdue(at=later) == 0
    report(world, duty, at=later)

    assert FactRow.objects.filter(stream=duty.stream, body__contains='"is_late":true').count() == 1
    assert {m.role for m in Message.objects.filter(about=duty.code)} >= {"appraiser", "head"}


def test_what_the_page_shows_old_is_not_acted_on(world):  # noqa: F811
    duty = given(world)
    report(world, duty)

    with pytest.raises(refusals.DutyMoved):
        duties.accept(
            code=duty.code, words="", by=world["province_chairman"], at=MONDAY_8AM, expected=1
        )


def test_somebody_else_takes_over(world):  # noqa: F811
    duty = given(world)
    duties.hand_over(
        code=duty.code,
        person_id=world["appraiser2"].account_id or 0,
        reason="Cán bộ cũ nghỉ phép hai tuần.",
        by=world["head"],
        at=MONDAY_8AM,
    )

    assert Duty.objects.get().person_id == world["appraiser2"].account_id
    with pytest.raises(refusals.NoSuchDuty):  # who handed it over has nothing to do with it now
        report(world, duty)
    fact = FactRow.objects.get(kind="duty.handed_over")
    assert "Đỗ Minh Tâm" in fact.body


@pytest.mark.parametrize("state", ["given", "reported", "accepted", "cancelled"])
def test_each_act_only_in_its_states(state):
    for act in Act:
        assert (act in rules.acts_in(state)) is (state in rules.STATES[act])


def test_only_the_two_sides_act(world):  # noqa: F811
    me = world["appraiser2"]
    for act, gives in every(Act, (True, False)):
        sides = Sides(1, 2, 3, gives, Office(0, world.agencies["province"].pk, "chairman"))
        assert rules.may(act, by=me, sides=sides) is (gives and act is Act.HANDOVER)


def test_strangers_see_no_duty(world):  # noqa: F811
    duty = given(world)

    for actor in (PUBLIC, world["department_appraiser"], world["receptionist"]):
        assert queries.duty(actor, duty.code) is None
        with pytest.raises(refusals.NoSuchDuty):
            duties.cancel(code=duty.code, reason="Không cần nữa đâu.", by=actor, at=MONDAY_8AM)
    for name in ("appraiser", "head", "chairman", "controller", "province_chairman"):
        assert queries.duty(world[name], duty.code) is not None


POINTS = ("1. Đối chiếu danh mục thủ tục với Cổng quốc gia", "- Ký số đầy đủ, đúng quy định", "")


def issued(world: World, at: datetime = MONDAY_8AM, **changed: object) -> object:  # noqa: F811
    document = duties.Document(
        number="01/CĐ-THU",
        kind="directive",
        issued_on=date(2026, 11, 2),
        issuer="H32",
        signer="Lê Văn Minh",
        subject="Tháo gỡ khó khăn khi thực hiện thủ tục",
        points=tuple(rules.points_of("\n".join(POINTS))),
    )
    return duties.issue_directive(
        document=replace(document, **changed), by=world["province_chairman"], at=at
    )


def test_a_document_becomes_duties_point_by_point(world):  # noqa: F811
    directive = issued(world)
    assert directive.points == [
        "Đối chiếu danh mục thủ tục với Cổng quốc gia", "Ký số đầy đủ, đúng quy định",
    ]  # fmt: skip

    duty = given(world, directive=directive, point=1)
    points = queries.points(world["controller"], directive)

    assert [len(point.duties) for point in points] == [0, 1]
    with pytest.raises(refusals.DirectiveTwice):
        given(world, directive=directive, point=1)
    duties.cancel(
        code=duty.code, reason="Giao nhầm, giao lại.", by=world["province_chairman"], at=MONDAY_8AM
    )
    assert given(world, directive=directive, point=1).code != duty.code


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"issuer": "H00"}, "issuer"),
        ({"issued_on": date(2027, 1, 1)}, "issued_on"),
        ({"points": ()}, "points"),
        ({"points": ("việc số một",) * 61}, "points"),
        ({"subject": "ngắn"}, "subject"),
        ({"signer": ""}, "signer"),
        ({"number": "x" * 81}, "number"),
    ],
)
def test_a_document_that_says_too_little_or_too_much_is_refused(world, changed, field):  # noqa: F811
    with pytest.raises(refusals.WordsMissing) as refused:
        issued(world, **changed)
    assert refused.value.field == field


def test_a_day_begins_at_midnight_of_the_province(world):  # noqa: F811
    before_seven = datetime(2026, 11, 2, 18, 30, tzinfo=UTC)  # half past one on the third, at home
    directive = issued(world, at=before_seven, issued_on=date(2026, 11, 3))
    assert directive.issued_on == date(2026, 11, 3)


def test_a_document_is_entered_once_and_by_its_own_house(world):  # noqa: F811
    issued(world)
    with pytest.raises(refusals.DirectiveTwice):
        issued(world)
    with pytest.raises(refusals.NotYours):
        duties.issue_directive(
            document=duties.Document(
                "2", "directive", date(2026, 11, 2), "H32", "Ai đó", "Một trích yếu đủ dài", POINTS
            ),
            by=world["chairman"],
            at=MONDAY_8AM,
        )


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("1. Việc một", "Việc một"),
        ("a) Việc hai", "Việc hai"),
        ("1.Việc một", "Việc một"),
        ("2.1. Việc một", "Việc một"),
        ("IV) Việc một", "Việc một"),
        ("1.004222 là thủ tục phải rà soát", "1.004222 là thủ tục phải rà soát"),
        ("1.500 hồ sơ phải trả", "1.500 hồ sơ phải trả"),
        ("- Việc ba", "Việc ba"),
        ("  12. Việc bốn  ", "Việc bốn"),
        ("Việc năm.", "Việc năm."),
        ("UBND. xã làm", "UBND. xã làm"),
    ],
)
def test_numbering_is_left_out(line, kept):
    assert rules.points_of(line) == [kept]


def test_system_may_give_and_codes_run_on(world):  # noqa: F811
    codes = [
        duties.give(
            agency=world.agencies["committee"].code, clear=clear(world), by=SYSTEM, at=MONDAY_8AM
        ).code
        for _once in range(3)
    ]
    assert codes == ["NV-2026-00001", "NV-2026-00002", "NV-2026-00003"]


def test_a_form_that_was_sent_twice_gives_one_duty(world):  # noqa: F811
    first = given(world)

    with pytest.raises(refusals.GivenTwice, match=first.code):
        given(world)

    assert Duty.objects.count() == 1


def test_the_head_who_answers_for_it_does_not_lift_what_the_chairman_gave(world):  # noqa: F811
    duty = given(world)
    assert set(queries.allowed(duty, actor=world["head"], at=MONDAY_8AM)) == {
        rules.Act.PROGRESS, rules.Act.PRODUCT, rules.Act.HANDOVER,
    }  # fmt: skip

    report(world, duty)

    with pytest.raises(refusals.NotYours):
        duties.accept(code=duty.code, words="", by=world["head"], at=MONDAY_8AM)
    assert duties.accept(
        code=duty.code, words="", by=world["province_chairman"], at=MONDAY_8AM
    ).ended_at  # fmt: skip


def post_of(world: World, name: str) -> Post:  # noqa: F811
    return Post.objects.get(account=world.accounts[name])


def second_head(world: World) -> Actor:  # noqa: F811
    """A deputy who leads the same agency and answers for nothing in the duty."""
    people.appoint(
        account=world.accounts["other_head"], agency=world.agencies["committee"], role="head",
        title="Phó Trưởng phòng", since=date(2025, 7, 1), by=SYSTEM, at=MONDAY_8AM,
    )  # fmt: skip
    world.refresh()
    return world["other_head"]


def tried(duty: Duty, by: Actor, at: datetime = MONDAY_8AM) -> list[str]:
    """The acts by which somebody may lift a duty whose product was handed in; nothing is kept."""
    verbs = {
        "accept": lambda: duties.accept(code=duty.code, words="", by=by, at=at),
        "send_back": lambda: duties.send_back(
            code=duty.code, reason="Thiếu danh sách hồ sơ.", by=by, at=at
        ),
        "cancel": lambda: duties.cancel(code=duty.code, reason="Không cần làm nữa.", by=by, at=at),
    }
    done = []
    for name, verb in verbs.items():
        try:
            with transaction.atomic():
                verb()
                transaction.set_rollback(True)
            done.append(name)
        except (refusals.NotYours, refusals.NoSuchDuty):
            continue
    return done


def test_only_the_office_that_gave_a_duty_says_that_its_product_is_good(world):  # noqa: F811
    duty = given(world)
    report(world, duty)

    assert tried(duty, second_head(world)) == []
    for name in ("head", "appraiser", "appraiser2", "chairman", "department_head"):
        assert tried(duty, world[name]) == [], name
    for name in ("controller", "auditor"):
        assert tried(duty, world[name]) == ["cancel"], name
    assert tried(duty, world["province_chairman"]) == ["accept", "send_back", "cancel"]


def test_an_extension_belongs_to_the_giver_and_to_control(world):  # noqa: F811
    duty, later = given(world), FRIDAY_5PM + timedelta(days=3)
    who = {"code": duty.code, "due_at": later, "reason": "Chờ cơ quan thuế.", "at": MONDAY_8AM}

    for actor in (second_head(world), world["head"], world["appraiser"], world["chairman"]):
        with pytest.raises(refusals.NotYours):
            duties.extend(by=actor, **who)
    assert duties.extend(by=world["controller"], **who).due_at == later


def test_to_whom_the_giver_lends_the_post_accepts_while_it_is_lent(world):  # noqa: F811
    duty = given(world)
    report(world, duty)
    until = MONDAY_8AM + timedelta(days=2)
    people.delegate(
        post=post_of(world, "province_chairman"), to=world.accounts["director"], start=MONDAY_8AM,
        end=until, decision="12/QĐ-UBND", by=world["province_chairman"], at=MONDAY_8AM,
    )  # fmt: skip

    world.refresh(MONDAY_8AM + timedelta(hours=1))
    assert tried(duty, world["director"]) == ["accept", "send_back", "cancel"]
    world.refresh(until + timedelta(hours=1))
    assert tried(duty, world["director"]) == []


def test_a_lent_post_does_not_make_one_judge_of_the_own_work(world):  # noqa: F811
    duty = given(world)
    report(world, duty)
    for name in ("head", "appraiser"):
        people.delegate(
            post=post_of(world, "province_chairman"), to=world.accounts[name], start=MONDAY_8AM,
            end=FRIDAY_5PM, decision="13/QĐ-UBND", by=world["province_chairman"], at=MONDAY_8AM,
        )  # fmt: skip
    world.refresh(MONDAY_8AM + timedelta(hours=1))

    assert tried(duty, world["head"]) == tried(duty, world["appraiser"]) == []


def test_the_successor_of_who_gave_it_accepts(world):  # noqa: F811
    duty = given(world)
    report(world, duty)
    Post.objects.filter(account=world.accounts["province_chairman"]).update(
        valid_to=MONDAY_8AM.date() - timedelta(days=1)
    )
    people.appoint(
        account=world.accounts["director"], agency=world.agencies["province"], role="chairman",
        title="Chủ tịch UBND tỉnh", since=MONDAY_8AM.date(), by=SYSTEM, at=MONDAY_8AM,
    )  # fmt: skip
    world.refresh()

    assert tried(duty, world["province_chairman"]) == []
    assert tried(duty, world["director"]) == ["accept", "send_back", "cancel"]


@pytest.mark.parametrize("field", ["work", "authority", "product"])
@pytest.mark.parametrize("text", ["", " \u00a0\t\n ", "\u200b" * 40, "…" * 40, "x" * 2001])
def test_blank_or_endless_words_make_nothing_clear(world, field, text):  # noqa: F811
    with pytest.raises((refusals.Unclear, refusals.WordsMissing)) as refused:
        duties.give(
            agency=world.agencies["committee"].code, clear=clear(world, **{field: text}),
            by=world["province_chairman"], at=MONDAY_8AM,
        )  # fmt: skip

    assert refused.value.field == field
    assert not Duty.objects.exists()
