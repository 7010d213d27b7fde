"""Feedback of the demo world: months of reports in every state, and ratings, by the real services."""

import io
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw

from motcua.config.demo.accounts import CENTRE, PROVINCE_CENTRE
from motcua.directory.actor import PUBLIC, SYSTEM, Actor
from motcua.directory.data import people as invented
from motcua.directory.models import Place, Post
from motcua.directory.queries import calendars, cards
from motcua.directory.queries.people import actor_by_username, actor_of
from motcua.dossiers.models import Dossier
from motcua.feedback import services as feedback
from motcua.feedback.models import Case, Photo
from motcua.feedback.queries import rating as ratings
from motcua.feedback.services.publishing import masked
from motcua.kernel.refused import Refused

if TYPE_CHECKING:
    from motcua.config.cli.progress import Progress

SENDERS_FROM = 40_000
RATED = 120
REASONS = ("time", "visits", "information", "attitude", "legality_cost", "explanation")
_WITH_PICTURES = frozenset({"road", "waste", "lighting", "drainage"})
_CHANNELS = ("web", "web", "web", "phone", "kiosk", "counter")


@dataclass
class Tale:
    """One case on its way; `at` moves on in working time until now."""

    told: dict[str, Any]
    case: Case
    at: datetime
    now: datetime
    random: Random
    main: Case | None = None

    @property
    def code(self) -> str:
        """The case's code."""
        return self.case.code

    def later(self, low: float, high: float) -> datetime:
        """Move on by so many working hours, never beyond now."""
        minutes = 60 * self.random.uniform(low, high)
        calendar = calendars.calendar_for("hanh-chinh")
        self.at = min(calendar.add_working_minutes(self.at, minutes), self.now)
        return self.at


def lay_out(*, now: datetime, progress: "Progress") -> int:
    """Put some months of feedback in place; return how many cases there are."""
    progress.say("Thêm phản ánh, kiến nghị và đánh giá mẫu…")
    groups: dict[str, Case] = {}
    senders = list(invented.people(len(_file()["cases"]), seed=7, first=SENDERS_FROM))
    for number, told in enumerate(_file()["cases"]):
        tale = _begin(told, senders[number], number, now)
        tale.main = groups.setdefault(told.get("group", tale.code), tale.case)
        _live(tale)
    rate_everything(now=now)
    return len(senders)


def _begin(told: dict[str, Any], sender: invented.Person, number: int, now: datetime) -> Tale:
    random = Random(f"feedback:{number}")  # noqa: S311  a story, not a secret
    at = _moment(now, int(told["days"]), random)
    place = Place.objects.get(pk=told["place"])
    by = actor_by_username(told["by"], at=now) if "by" in told else PUBLIC
    is_scene = told["kind"] == "scene"
    pictures = is_scene and told["field"] in _WITH_PICTURES
    case = feedback.send(
        text=told["text"], by=by, at=at, kind=told["kind"], field=told["field"],
        place_code=told["place"], about_agency=told.get("about", ""),
        lat=_near(place.lat, random) if is_scene else None,
        lon=_near(place.lon, random) if is_scene else None,
        address=told.get("address", ""), name=sender.name, phone=sender.phone,
        sender_address=sender.street, anonymous=number % 3 != 0,
        channel="web" if "by" in told else random.choice(_CHANNELS), is_demo=True,
        files=[_picture(random, is_mended=False)] if pictures else [],
    )  # fmt: skip
    return Tale(told, case, at, now, random)


def _moment(now: datetime, days: int, random: Random) -> datetime:
    day = (now - timedelta(days=days)).date()
    at = datetime.combine(day, time(7, 30), now.tzinfo) + timedelta(minutes=random.randrange(600))
    return min(at, now - timedelta(minutes=20 + random.randrange(90)))


def _near(value: float | None, random: Random) -> float | None:
    return round(value + random.uniform(-0.008, 0.008), 6) if value is not None else None


def _live(tale: Tale) -> None:
    """Let a case come as far as its fate says."""
    fate = str(tale.told["fate"])
    if fate in _EARLY:
        _EARLY[fate](tale)
        return
    if fate != "sent":
        _work(tale, fate)


def _work(tale: Tale, fate: str) -> None:
    accept(tale)
    if fate == "accepted":
        return
    assign(tale)
    if fate == "assigned":
        return
    if fate in _SIDEWAYS:
        _SIDEWAYS[fate](tale)
        return
    work_on(tale)
    if fate == "in_progress":
        return
    answer(tale)
    if fate == "answered":
        return
    decide(tale)
    if fate != "approved":
        end(tale, fate)


def refuse(tale: Tale) -> None:
    """Let the moderators refuse it."""
    feedback.refuse(
        code=tale.code, reason=tale.told["reason"], by=_moderator(tale), at=tale.later(3, 12)
    )


def refer(tale: Tale) -> None:
    """Let the moderators tell where it goes by law."""
    feedback.refer(code=tale.code, to=tale.told["to"], by=_moderator(tale), at=tale.later(3, 7))


def ask(tale: Tale) -> None:
    """Let the moderators ask for more."""
    feedback.request_supplement(
        code=tale.code, reason=tale.told["reason"], wanted=("place",), by=_moderator(tale),
        at=tale.later(2, 7),
    )  # fmt: skip


def merge(tale: Tale) -> None:
    """Let the moderators merge it into the one it repeats."""
    feedback.merge(
        code=tale.code, main=tale.main.code if tale.main else "", by=_moderator(tale),
        at=tale.later(1, 4), reason="Cùng ổ gà, cùng địa điểm",
    )  # fmt: skip


def accept(tale: Tale) -> None:
    """Let the moderators accept it as what it is, and show scenes on the map."""
    told = tale.told
    urgency = str(tale.case.proposal.get("urgency") or "normal")
    tale.case = feedback.accept(
        code=tale.code, kind=told["kind"], field=told["field"], urgency=urgency,
        by=_moderator(tale), at=tale.later(0.5, 5),
    )  # fmt: skip
    if told["kind"] == "scene":
        _show(tale)


def _show(tale: Tale) -> None:
    words = masked(case=tale.case)
    photos = Photo.objects.filter(case=tale.case).values_list("pk", flat=True)
    feedback.show(
        code=tale.code, by=_moderator(tale), at=tale.at, public_title=words.title,
        public_text=words.text, photo_ids=list(photos),
    )  # fmt: skip


def assign(tale: Tale) -> None:
    """Let the moderators give it to the competent agency."""
    agency = tale.told.get("agency") or tale.case.proposal.get("agency")
    if tale.told["kind"] == "conduct" or not agency:
        agency = f"H32.{tale.told['place']}"
    tale.case = feedback.assign(
        code=tale.code, agency=str(agency), by=_moderator(tale), at=tale.later(0.2, 2)
    )


def pass_on(tale: Tale) -> None:
    """Let the head pass it on."""
    feedback.pass_on(
        code=tale.code, agency=tale.told["to"], by=_head(tale), at=tale.later(6, 14),
        reason="Tuyến đường do Sở quản lý, không thuộc phường; đã rào chắn tạm.",
    )  # fmt: skip


def give_back(tale: Tale) -> None:
    """Let the head refuse competence."""
    feedback.return_back(
        code=tale.code, by=_head(tale), at=tale.later(6, 14), suggested=f"H32.{tale.told['place']}",
        reason="Đường nội bộ khu dân cư đã bàn giao cho phường quản lý, Sở không có thẩm quyền.",
    )  # fmt: skip


def work_on(tale: Tale) -> None:
    """Let the head name an officer, who writes down what is done."""
    officer = _officer(tale)
    tale.case = feedback.appoint(
        code=tale.code, handler_id=officer.account_id or 0, by=_head(tale), at=tale.later(1, 6)
    )
    if "extend" in tale.told:
        feedback.extend(
            code=tale.code, working_days=tale.told["extend"], by=_head(tale),
            at=tale.later(8, 16), reason="Cần xác minh giấy phép và ranh giới lối đi chung.",
        )  # fmt: skip
    if "note" in tale.told:
        feedback.note(
            code=tale.code, text=tale.told["note"], is_told=True, by=officer, at=tale.later(4, 9)
        )


def answer(tale: Tale) -> None:
    """Let the officer draft the answer, with a picture where there was one."""
    pictures = Photo.objects.filter(case=tale.case).exists()
    feedback.answer(
        code=tale.code, text=_file()["answers"][tale.told["answer"]],
        by=_officer(tale), at=tale.later(8, 30),
        sources=["118/2025/NĐ-CP"] if tale.told["answer"] == "explained" else [],
        files=(_picture(tale.random, is_mended=True),) if pictures else (),
    )  # fmt: skip


def decide(tale: Tale) -> None:
    """Let the head approve, after an inspector where it is about an officer."""
    if tale.told["kind"] == "conduct":
        feedback.agree(
            code=tale.code, note="Đã đối chiếu ghi hình tại quầy, đồng ý với dự thảo.",
            by=actor_by_username("thanhtra", at=tale.now), at=tale.later(2, 8),
        )  # fmt: skip
    tale.case = feedback.approve(code=tale.code, by=_head(tale), at=tale.later(1, 6))


def end(tale: Tale, fate: str) -> None:
    """Let it be published or kept, rated, disputed, closed."""
    moderator = _moderator(tale)
    if fate == "withheld":
        feedback.withhold(
            code=tale.code, reason="Nội dung về một cá nhân, đã trả lời riêng người gửi.",
            by=moderator, at=tale.later(1, 8),
        )  # fmt: skip
    else:
        photos = Photo.objects.filter(case=tale.case).values_list("pk", flat=True)
        feedback.publish(code=tale.code, by=moderator, at=tale.later(1, 8), photo_ids=list(photos))
    proof = str(tale.case.sender["phone"])
    if "score" in tale.told:
        feedback.rate(
            code=tale.code, score=tale.told["score"], by=PUBLIC, proof=proof, at=tale.later(2, 20)
        )
    if "reopen" in tale.told:
        feedback.reopen(
            code=tale.code, reason=tale.told["reopen"], by=PUBLIC, proof=proof,
            at=tale.later(8, 16),
        )  # fmt: skip
    if fate == "closed":
        feedback.close(code=tale.code, by=SYSTEM, at=tale.later(90, 91))


_EARLY: dict[str, Callable[[Tale], None]] = {
    "refused": refuse, "referred": refer, "supplement": ask, "merged": merge,
}  # fmt: skip
_SIDEWAYS: dict[str, Callable[[Tale], None]] = {"passed": pass_on, "returned": give_back}


def rate_everything(*, now: datetime) -> None:
    """Let people rate results and counters of the last weeks."""
    random = Random("ratings")  # noqa: S311  a story, not a secret
    ended = Dossier.objects.filter(state="returned", is_confidential=False).order_by(
        "-returned_at"
    )
    for dossier in ended[:RATED]:
        at = min(now, (dossier.returned_at or now) + timedelta(hours=random.uniform(0.1, 30)))
        feedback.rate_result(
            token=ratings.token_for(dossier=dossier), at=at, **_faces(random, low=0.06)
        )
    for agency, username in ((CENTRE, "tiepnhan"), (PROVINCE_CENTRE, "tiepnhan.tinh")):
        _rate_counter(agency, username, now, random)


def _rate_counter(agency: str, username: str, now: datetime, random: Random) -> None:
    card = cards.card_by_code(agency)
    if card is None:
        return
    lead = _holder(card.id, "centre_lead", now)
    made = feedback.make_device(
        agency=agency, name="Quầy số 1", by=lead, at=now - timedelta(days=30)
    )
    officer = actor_by_username(username, at=now)
    feedback.sit_down(device_id=made.device.pk, by=officer, at=now - timedelta(days=30))
    for _number in range(30):
        at = now - timedelta(hours=random.uniform(1, 500))
        feedback.rate_counter(token=made.token, at=at, **_faces(random, low=0.1))


def _faces(random: Random, *, low: float) -> dict[str, Any]:
    score = random.choice((1, 2)) if random.random() < low else random.choice((3, 4, 4, 5, 5, 5))
    words = "Chờ lâu và chưa được giải thích rõ vì sao." if score <= 2 else ""
    return {
        "score": score,
        "words": words,
        "reasons": random.sample(REASONS, random.randint(0, 2)),
    }


def _moderator(tale: Tale) -> Actor:
    return actor_by_username("tiepnhan.tinh", at=tale.now)


def _head(tale: Tale) -> Actor:
    return _of_agency(tale, "head", "centre_lead")


def _officer(tale: Tale) -> Actor:
    return _of_agency(tale, "appraiser", "receptionist")


def _of_agency(tale: Tale, role: str, at_centre: str) -> Actor:
    agency = cards.card(tale.case.agency_id or 0)
    return _holder(agency.id, at_centre if agency.kind == "centre" else role, tale.at)


def _holder(agency_id: int, role: str, at: datetime) -> Actor:
    post = Post.objects.filter(agency_id=agency_id, role=role).select_related("account")
    found = post.order_by("pk").first()
    if found is None:
        raise Refused(f"no {role} at {agency_id}")
    return actor_of(found.account, at=at)


def _picture(random: Random, *, is_mended: bool) -> feedback.Picture:
    """Draw a street with a hole in it, or mended: nobody's photograph."""
    grey = random.randint(90, 130)
    image = Image.new("RGB", (480, 320), (170, 200, 225))
    draw = ImageDraw.Draw(image)
    draw.polygon([(0, 320), (480, 320), (330, 120), (150, 120)], fill=(grey, grey, grey))
    draw.polygon([(232, 320), (248, 320), (242, 120), (238, 120)], fill=(235, 235, 220))
    x, y = random.randint(170, 260), random.randint(200, 250)
    spot = (grey - 25,) * 3 if is_mended else (45, 38, 32)
    draw.ellipse((x, y, x + 90, y + 38), fill=spot)
    out = io.BytesIO()
    image.save(out, "JPEG", quality=80)
    return feedback.Picture(io.BytesIO(out.getvalue()), "sau.jpg" if is_mended else "truoc.jpg")


@cache
def _file() -> dict[str, Any]:
    return tomllib.loads(Path(__file__).with_suffix(".toml").read_text(encoding="utf-8"))
