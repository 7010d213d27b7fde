"""Whether this process can serve: it answers, and its database does."""

from django.db import connection
from django.http import HttpRequest, HttpResponse

# How many facts the figures have still to take in, and since how many seconds nothing was taken in.
_FIGURES = """
SELECT coalesce((SELECT max(id) FROM ledger_factrow), 0) - coalesce(max(upto), 0),
       coalesce(extract(epoch FROM now() - max(followed_at))::int, -1) FROM reporting_followed
"""


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer "ok" when the database answers; for the start, load balancers and monitors.

    Headers tell a monitor how far the figures lie behind the ledger.
    """
    with connection.cursor() as cursor:
        cursor.execute(_FIGURES)
        behind, seconds = cursor.fetchone()
    headers = {"X-Figures-Behind": str(behind), "X-Figures-Age": str(seconds)}
    return HttpResponse("ok", content_type="text/plain", headers=headers)
