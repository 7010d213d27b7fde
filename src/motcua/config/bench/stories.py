"""One settled dossier, told over the API: filed with one paper, through five hands, returned."""

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
