"""What a browser has proved: the cases it follows, by a PIN or the last digits of a phone.

Kept in its own session; the whole number is not.
"""

from django.http import HttpRequest

from motcua.kernel import codes

_KEY, _ONCE = "phan-anh", "phan-anh-moi"
_MOST = 20
_TAIL, _PIN = 4, 6


def remember(request: HttpRequest, code: str, proof: str) -> None:
    """Keep by what this browser may follow a case, until its session ends."""
    known = dict(request.session.get(_KEY, {}))
    known.pop(code, None)
    digits = codes.normal_phone(proof)
    known[code] = digits if len(digits) <= _PIN else digits[-_TAIL:]
    request.session[_KEY] = dict(list(known.items())[-_MOST:])


def proof_of(request: HttpRequest, code: str) -> str:
    """Return the phone or PIN by which this browser follows a case, "" when it has shown none."""
    return str(request.session.get(_KEY, {}).get(code, ""))


def show_once(request: HttpRequest, pin: str) -> None:
    """Let the next page say that a report has just been sent, with its PIN."""
    request.session[_ONCE] = {"pin": pin}


def shown_once(request: HttpRequest) -> dict[str, str] | None:
    """Return what the page says of a report just sent, once."""
    told: dict[str, str] | None = request.session.pop(_ONCE, None)
    return told
