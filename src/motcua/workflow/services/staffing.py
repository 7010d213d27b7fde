"""The SQL by which a step finds its officer and the head who answers for it, in one statement.

Written by hand because it is on every act's path: through the ORM the same takes three round trips
and three times the processor time.
"""

from typing import NamedTuple

# Who stands in a post at a moment: its holder, or during the holder's absence the delegate.
STAFF = """
staff AS (
    SELECT p.account_id AS holder_id, d.decision,
           CASE WHEN away.yes THEN d.to_id ELSE p.account_id END AS account_id
    FROM directory_post p
    JOIN directory_account c ON c.id = p.account_id AND c.is_active
    CROSS JOIN LATERAL (
        SELECT EXISTS (
            SELECT 1 FROM directory_absence b
            WHERE b.account_id = p.account_id AND b.starts_at <= %(at)s AND b.ends_at > %(at)s
        ) AS yes
    ) away
    LEFT JOIN LATERAL (
        SELECT g.to_id, g.decision FROM directory_delegation g
        JOIN directory_account k ON k.id = g.to_id AND k.is_active
        WHERE away.yes AND g.post_id = p.id AND g.revoked_at IS NULL
          AND g.valid_from <= %(at)s AND g.valid_to > %(at)s
          AND NOT EXISTS (
              SELECT 1 FROM directory_absence b
              WHERE b.account_id = g.to_id AND b.starts_at <= %(at)s AND b.ends_at > %(at)s
          )
        ORDER BY g.valid_from DESC, g.id DESC LIMIT 1
    ) d ON true
    WHERE p.agency_id = %(agency_id)s AND p.role = %(role)s
      AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)
), wish AS (
    SELECT coalesce(%(wanted)s::bigint, CASE WHEN %(as_before)s THEN (
        SELECT coalesce(b.closed_by_id, b.assignee_id) FROM workflow_task b
        WHERE b.case_id = %(case_id)s AND b.step_key = %(step_key)s
        ORDER BY b.id DESC LIMIT 1
    ) END) AS account_id
), chosen AS (
    SELECT s.account_id, s.decision
    FROM staff s CROSS JOIN wish w
    CROSS JOIN LATERAL (
        SELECT coalesce(w.account_id IN (s.account_id, s.holder_id), false) AS yes
    ) wished
    WHERE s.account_id IS NOT NULL
      AND (wished.yes OR %(by_load)s AND %(wanted)s::bigint IS NULL)
    ORDER BY wished.yes DESC,
             (SELECT count(*) FROM workflow_task t
              WHERE t.assignee_id = s.account_id AND t.closed_at IS NULL),
             (SELECT max(t.opened_at) FROM workflow_task t
              WHERE t.assignee_id = s.account_id) NULLS FIRST,
             s.account_id
    LIMIT 1
)"""

_HEAD = """
head AS (
    SELECT p.account_id
    FROM directory_agency g
    JOIN directory_post p ON p.agency_id IN (g.id, g.parent_id)
    WHERE g.id = %(agency_id)s AND p.role IN ('chairman', 'head', 'centre_lead')
      AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)
    ORDER BY p.agency_id = g.id DESC,
             array_position(ARRAY['chairman', 'head', 'centre_lead'], p.role::text), p.id
    LIMIT 1
), opened AS (
    INSERT INTO workflow_task
        (case_id, process_id, step_key, name, role, agency_id, assignee_id, accountable_id,
         assignment, authority, product, opened_at, due_at, warn_at, alarm_at, outcome, reason)
    SELECT %(case_id)s, %(process_id)s, %(step_key)s, %(name)s, %(role)s, %(agency_id)s,
           (SELECT account_id FROM chosen), head.account_id, %(assignment)s,
           left(concat_ws('; ', %(authority)s::text, (SELECT decision FROM chosen)), 300),
           %(product)s, %(opened_at)s, %(due_at)s, %(warn_at)s, %(alarm_at)s, '', ''
    FROM head, closed
    WHERE EXISTS (SELECT 1 FROM staff)
      AND (%(wanted)s::bigint IS NULL OR EXISTS (SELECT 1 FROM chosen))
    RETURNING id, assignee_id, accountable_id, authority
)
SELECT (SELECT id FROM closed), opened.id, opened.assignee_id,
       coalesce(opened.accountable_id, (SELECT account_id FROM head)), opened.authority,
       EXISTS (SELECT 1 FROM staff)
FROM (VALUES (1)) one (n) LEFT JOIN opened ON true
"""

_KEPT = "closed AS (SELECT 0 AS id)"

_CLOSED = """
closed AS (
    UPDATE workflow_task
    SET closed_at = %(at)s, closed_by_id = %(closed_by)s, outcome = %(close_outcome)s,
        reason = %(close_reason)s
    WHERE id = %(closing)s AND closed_at IS NULL AND paused_at IS NULL
      AND (assignment <> 'head' OR assignee_id IS NOT NULL)
    RETURNING id
)"""

# A step that anybody in the post takes: enough that there is somebody. Most steps are of this kind,
# and PostgreSQL plans this in a third of the time.
_ANYBODY = """
staff AS (
    SELECT p.account_id FROM directory_post p
    JOIN directory_account c ON c.id = p.account_id AND c.is_active
    WHERE p.agency_id = %(agency_id)s AND p.role = %(role)s
      AND p.valid_from <= %(day)s AND (p.valid_to IS NULL OR p.valid_to >= %(day)s)
    LIMIT 1
), chosen AS (SELECT NULL::bigint AS account_id, NULL::text AS decision)"""

_FORMS = {
    (
        closes,
        names,
    ): f"WITH {_CLOSED if closes else _KEPT}, {STAFF if names else _ANYBODY}, {_HEAD}"
    for closes in (False, True)
    for names in (False, True)
}


def opening(*, closes: bool, names: bool) -> str:
    """Return the statement that opens a step.

    closes: another step is closed in it. names: an officer is found, not only the post.
    """
    return _FORMS[closes, names]


# The parts put together are constants of this file; values go in as parameters.
ASSIGN = f"""
WITH {STAFF}
UPDATE workflow_task t SET assignee_id = chosen.account_id
FROM chosen WHERE t.id = %(task)s AND t.closed_at IS NULL
RETURNING t.assignee_id
"""  # noqa: S608


class Answer(NamedTuple):
    """What an opening says: which task closed, which opened, for whom, and who is there."""

    closed_id: int | None
    task_id: int | None
    assignee_id: int | None
    accountable_id: int | None
    authority: str
    has_post: bool
