"""What is shown: pictures chosen by hand, words masked, followers told, messages in plain words."""

import io
from datetime import date, timedelta

import pytest
import time_machine
from PIL import Image
from tests.factories.world import MONDAY_8AM, World
from tests.feedback import stories
from tests.feedback.stories import HOUR, PHONE, REASON

from motcua.directory.actor import PUBLIC, SYSTEM
from motcua.directory.services import calendars
from motcua.feedback import services as feedback
from motcua.feedback.models import Case, Photo
from motcua.feedback.queries import lists, public, reading
from motcua.kernel.worktime import DayException
from motcua.ledger import services as ledger
from motcua.notifications import queries as messages
from motcua.notifications.models import Message

AT = MONDAY_8AM + 5 * HOUR


def _picture(name: str = "ảnh.jpg") -> feedback.Picture:
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 90, 90)).save(out, "JPEG")
    return feedback.Picture(io.BytesIO(out.getvalue()), name)


def _told(world: World, name: str) -> list[messages.Line]:
    while ledger.dispatch():
        pass
    return messages.messages_for(world[name])


def test_only_chosen_pictures_are_public(world: World) -> None:
    case = stories.sent(world, files=[_picture(), _picture()])
    first, second = Photo.objects.filter(case=case)
    assert public.public_photo(first.pk) is None
    feedback.accept(
        code=case.code, kind="scene", field="road", urgency="normal", by=world["moderator"], at=AT
    )
    feedback.show(code=case.code, by=world["moderator"], at=AT, photo_ids=[second.pk])

    shown = public.public_case(case.code)
    assert shown is not None
    assert (shown.before, shown.is_done) == ((second.pk,), False)
    assert public.public_photo(first.pk) is None
    assert public.public_photo(second.pk) is not None
    feedback.hide(code=case.code, reason=REASON, by=world["moderator"], at=AT)
    assert public.public_case(case.code) is None
    assert public.public_photo(second.pk) is None


def test_too_many_pictures_are_refused_and_none_stays(world: World) -> None:
    with pytest.raises(feedback.TooManyPhotos):
        stories.sent(world, files=[_picture() for _n in range(7)])

    assert not Photo.objects.exists()


def test_the_public_list_filters_by_masked_words_only(world: World) -> None:
    text = f"{stories.HOLE} Liên hệ {PHONE}."
    case = stories.published(world, text=text)
    stories.approved(world)

    def found(**wish: object) -> list[str]:
        return [c.code for c in public.public(public.Filters(**wish))]  # type: ignore[arg-type]

    assert found() == [case.code]
    assert (
        found(text="ổ gà") == found(field="road", place_code="22390", state="done") == [case.code]
    )
    assert found(text=PHONE) == found(kind="rule") == found(state="open") == []
    assert public.public_case("\x00") is None


def test_a_follower_is_told_once_how_it_ends(world: World) -> None:
    case = stories.approved(world)
    with pytest.raises(feedback.NotFound):
        feedback.follow(code=case.code, by=world["neighbour"], at=AT)
    feedback.show(code=case.code, by=world["moderator"], at=AT)
    for _time in range(2):
        feedback.follow(code=case.code, by=world["neighbour"], at=AT)
    with pytest.raises(feedback.NotAllowed):
        feedback.follow(code=case.code, by=PUBLIC, at=AT)
    feedback.publish(code=case.code, by=world["moderator"], at=AT)

    case.refresh_from_db()
    assert case.follower_count == 1
    assert lists.followed_by(world["neighbour"]) == [case]
    assert lists.own_cases(world["neighbour"]) == []
    told = [line for line in _told(world, "neighbour") if line.about == case.code]
    assert len(told) == 1
    assert "Công khai kết quả" in told[0].body


def test_the_sender_is_told_each_step_in_words(world: World) -> None:
    case = stories.published(world, by=world["citizen"])
    feedback.note(
        code=stories.in_progress(world, by=world["citizen"]).code, text="Đã khảo sát, đang chờ vật tư",
        is_told=True, by=world["appraiser"], at=AT,
    )  # fmt: skip

    told = _told(world, "citizen")
    assert all(line.subject.startswith("Phản ánh PA-") for line in told)
    assert any("Đã khảo sát" in line.body for line in told)
    assert [c.code for c in lists.own_cases(world["citizen"])].count(case.code) == 1
    for officer in ("appraiser", "head", "moderator"):
        assert not any(world[officer].name in line.body for line in told)


def test_a_sender_without_account_is_told_by_phone(world: World) -> None:
    with time_machine.travel(MONDAY_8AM, tick=False):
        with_phone, with_mail = stories.sent(world), stories.sent(world, email="mau@example.vn")
        for case in (with_phone, with_mail):
            feedback.refuse(code=case.code, reason=REASON, by=world["moderator"], at=MONDAY_8AM)
        _told(world, "moderator")

    found = Message.objects.filter(address__gt="").order_by("pk")
    assert [(m.channel, m.address, m.about) for m in found] == [
        ("sms", PHONE, with_phone.code), ("email", "mau@example.vn", with_mail.code),
    ]  # fmt: skip
    assert not any("Không tiếp nhận" in line.body for line in _told(world, "director"))


def test_a_desk_reads_conduct_without_who_wrote_it(world: World) -> None:
    text = f"Tôi là Nguyễn Văn Mẫu, số {PHONE}, bị cán bộ quát mắng giữa sảnh."
    case = stories.assigned(world, kind="conduct", field="conduct", text=text)
    for name, sees in (("moderator", True), ("auditor", True), ("head", False)):
        seen = reading.case_for(world[name], case.code)
        assert seen is not None
        assert (PHONE in seen.text) == sees
        assert ("Mẫu" in f"{seen.text} {seen.title}") == sees


def test_a_corrected_calendar_moves_open_cases(world: World) -> None:
    case, ended = stories.accepted(world), stories.published(world)
    before = case.due_at
    calendars.correct_calendar(
        key="hanh-chinh", add=[DayException(date(2026, 11, 12), "off", "bão số 13")],
        reason="Nghỉ theo thông báo", by=SYSTEM, at=AT,
    )  # fmt: skip
    _told(world, "citizen")
    case.refresh_from_db()

    assert before is not None
    assert case.due_at == before + timedelta(days=1)
    assert reading.timeline(case, by=world["head"])[0].kind == "feedback.retimed"
    assert Case.objects.get(pk=ended.pk).due_at is None


def test_a_committee_is_told_of_danger_and_of_no_other_sign(world: World) -> None:
    case = stories.sent(
        world, kind="conduct", place_code="22390",
        text="Dây điện đứt phóng điện chết người; cán bộ vòi tiền mới chịu cho người đến sửa.",
    )  # fmt: skip
    assert {"danger", "bribe"} <= set(case.proposal["signals"])

    told = " ".join(f"{line.subject} {line.body}" for line in _told(world, "chairman"))
    assert "nguy hiểm tính mạng" in told
    assert "vòi vĩnh" not in told
    inspector = " ".join(f"{line.subject} {line.body}" for line in _told(world, "auditor"))
    assert "vòi vĩnh" in inspector
