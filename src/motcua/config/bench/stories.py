"""One settled dossier, told twice: over the API, and on the pages as a person walks them."""

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass

from motcua.config.bench.cast import Officer, Town
from motcua.config.bench.wire import Reply, Wire, paper

PROCEDURE = "1.001653"
COMPONENT = "application"
_GIVEN = ("An", "Bình", "Cường", "Dũng", "Giang", "Hà")
_ACTS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    ("accept", "receptionist", {}),
    ("appraise", "appraiser", {"note": "Đủ điều kiện."}),
    ("approve", "head", {}),
    ("issue", "clerk", {"text": "Đồng ý."}),
    ("return_result", "receptionist", {"receiver": "Người nộp", "proof": "Ký nhận"}),
)


@dataclass
class ApiStory:
    """A client that settles dossiers of one commune over /api/v1/."""

    wire: Wire
    town: Town
    random: random.Random

    def settle(self) -> str:
        """Settle one dossier and return its code."""
        reply = self._file().must(201)
        code, tag = str(reply.document["code"]), reply.headers["etag"]
        for act, role, body in _ACTS:
            headers = _headers(self.town.officers[role]) | {"If-Match": tag}
            path = f"/api/v1/dossiers/{code}/acts/{act}"
            tag = self.wire.post_json(path, body, headers).must(200).headers["etag"]
        return code

    def _file(self) -> Reply:
        filing = {
            "procedure": PROCEDURE,
            "receiving": self.town.centre,
            "competent": self.town.committee,
            "owner": person(self.random),
            "papers": [{"component": COMPONENT, "originals": 1}],
        }
        return self.wire.post_parts(
            "/api/v1/dossiers",
            {"data": json.dumps(filing)},
            {COMPONENT: ("don.pdf", paper())},
            _headers(self.town.officers["receptionist"]),
        )


_STEPS: tuple[tuple[str, str, Mapping[str, object]], ...] = (
    ("appraisal", "appraiser", {"note": "Đủ điều kiện."}),
    ("approval", "head", {}),
    ("issue", "clerk", {"text": "Đồng ý."}),
    (
        "delivery",
        "receptionist",
        {"mode": "counter", "receiver": "Người nộp", "proof": "Ký nhận", "originals": 0},
    ),
)


@dataclass
class DeskStory:
    """Four officers of one commune who settle dossiers on /desk/, each in an own session.

    Each step opens the page, sends its form and follows to where it leads, as a browser does.
    """

    wires: dict[str, Wire]
    town: Town
    random: random.Random

    def sign_in(self) -> None:
        """Sign every officer in."""
        for role, wire in self.wires.items():
            officer = self.town.officers[role]
            wire.send("GET", "/dang-nhap/").must(200)
            typed = {"username": officer.username, "password": officer.password, "next": "/desk/"}
            wire.post_form("/dang-nhap/", typed).must(302)

    def settle(self) -> str:
        """Settle one dossier and return its code."""
        code = self._receive()
        for noun, role, typed in _STEPS:
            wire = self.wires[role]
            wire.send("GET", f"/desk/dossiers/{code}/").must(200)
            done = wire.post_form(f"/desk/dossiers/{code}/{noun}/", typed).must(302)
            wire.send("GET", done.headers["location"]).must(200)
        return code

    def _receive(self) -> str:
        wire, owner = self.wires["receptionist"], person(self.random)
        wire.send("GET", f"/desk/reception/?procedure={PROCEDURE}").must(200)
        fields = {
            "csrfmiddlewaretoken": wire.cookies["csrftoken"],
            "do": "accept",
            "procedure": PROCEDURE,
            "draft": f"{self.random.getrandbits(64):x}",
            "owner_id": owner["id_number"],
            "owner_name": owner["name"],
            "phone": owner["phone"],
            "return_mode": "counter",
            f"originals-{COMPONENT}": "1",
        }
        scan = {f"file-{COMPONENT}": ("don.pdf", paper())}
        done = wire.post_parts("/desk/reception/", fields, scan).must(302)
        wire.send("GET", done.headers["location"]).must(200)
        return done.headers["location"].split("/")[-3]


def person(chance: random.Random) -> dict[str, str]:
    """Return somebody new, with an identity number of the right shape."""
    year = chance.randrange(70, 99)
    return {
        "name": f"Nguyễn Văn {chance.choice(_GIVEN)}",
        "id_number": f"0560{year}{chance.randrange(10**6):06d}",
        "phone": f"09{chance.randrange(10**8):08d}",
        "birth_date": f"19{year}-05-17",
    }


def _headers(officer: Officer) -> dict[str, str]:
    return {"Authorization": f"Bearer {officer.token}"}
