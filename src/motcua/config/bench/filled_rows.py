"""The statements that make dossiers, their standings and some facts, for measuring only.

Made by hashing the number, so that every fill is the same but for the moment it ends at: few
procedures are frequent, most are seldom; one dossier in 23 runs late, one in nine was supplemented.
"""

# Parameters: now, minutes, fields, procedures, agencies, officers_each, first, last; by agency:
# competent, receiving, levels, codes, places; officers (agency after agency), party, version, steps.
STANDINGS = """
INSERT INTO reporting_standing (dossier_id, code, procedure_code, version_id, field, level,
    receiving_id, competent_id, place_code, channel, filed_at, accepted_at, started_at,
    due_at, due_original, decided_at, ended_at, returned_at, ending, ended_class, decided_outcome,
    waiting_since, waited_seconds, waited_all_seconds, supplements, extensions, step_key,
    turn_agency_id, assignee_id, handler_id, supplemented_at, extended_at, digitised_at, reused_at,
    stamped_at, obligation_at, paid_online_at, path_at, path_due, path_wait, last_fact_id)
SELECT id, 'B-' || id, '1.' || lpad(procedure::text, 6, '0'), %(version)s,
    'Lĩnh vực số ' || ((competent * 7 + procedure %% 12) %% %(fields)s), level,
    receiving, competent, place, channel, accepted, accepted, accepted, due, due, ended, ended, ended,
    CASE WHEN ended IS NULL THEN '' WHEN h %% 61 = 0 THEN 'withdrawn' ELSE 'result' END,
    CASE WHEN ended IS NULL THEN '' WHEN h %% 61 = 0 THEN 'ended' WHEN ended > due THEN 'late'
         WHEN ended::date < due::date THEN 'early' ELSE 'on_time' END,
    CASE WHEN ended IS NULL OR h %% 61 = 0 THEN '' WHEN h %% 47 = 0 THEN 'refused'
         ELSE 'granted' END,
    CASE WHEN ended IS NULL AND h %% 9 = 0 THEN accepted + interval '1 hour' END,
    0, 0, CASE WHEN h %% 9 = 0 THEN 1 ELSE 0 END, 0,
    CASE WHEN ended IS NULL THEN (%(steps)s::text[])[1 + (h / 7 %% 4)::int] ELSE '' END,
    CASE WHEN ended IS NULL THEN CASE WHEN h %% 28 < 7 THEN receiving ELSE competent END END,
    CASE WHEN ended IS NULL AND h %% 7 > 0 THEN officer END, CASE WHEN h %% 7 > 0 THEN officer END,
    CASE WHEN h %% 9 = 0 THEN accepted + interval '1 hour' END, NULL,
    CASE WHEN h %% 3 <> 0 THEN accepted END, CASE WHEN h %% 11 = 0 THEN accepted END,
    CASE WHEN h %% 2 = 0 THEN ended END, CASE WHEN h %% 4 = 0 THEN accepted END,
    CASE WHEN h %% 8 = 0 THEN accepted END,
    ARRAY[accepted], ARRAY[due], ARRAY[NULL::timestamptz], 0
FROM (SELECT *, CASE WHEN accepted + takes < %(now)s::timestamptz THEN accepted + takes END AS ended
      FROM (SELECT s.id, s.h, a.competent, a.receiving, a.level, a.place,
                   floor(%(procedures)s * power((s.h %% 1000) / 1000.0, 2))::int AS procedure,
                   (%(officers)s::bigint[])[1 + (a.n - 1) * %(officers_each)s
                       + s.h / 13 %% %(officers_each)s] AS officer,
                   CASE WHEN s.h %% 5 < 3 THEN 'online' ELSE 'counter' END AS channel,
                   s.accepted, s.accepted + ((s.h %% 15) + 1) * interval '1 day' AS due,
                   ((s.h %% 15) + 1) * interval '1 day' * (0.3 + (s.h %% 97) / 140.0
                       + CASE WHEN s.h %% 23 = 0 THEN 2 ELSE 0 END) AS takes
            FROM (SELECT id, abs(hashint8(id)::bigint) AS h, %(now)s::timestamptz - interval '1 hour'
                         - (abs(hashint8(id * 7)::bigint) %% %(minutes)s) * interval '1 minute'
                         AS accepted
                  FROM generate_series(%(first)s::bigint, %(last)s::bigint) AS id) AS s
            JOIN unnest(%(competent)s::bigint[], %(receiving)s::bigint[], %(levels)s::text[],
                        %(places)s::text[])
                 WITH ORDINALITY AS a (competent, receiving, level, place, n)
                 ON a.n = 1 + (s.h / 131) %% %(agencies)s) AS one) AS two
"""

DOSSIERS = """
INSERT INTO dossiers_dossier (id, code, version_id, procedure_code, procedure_name, field, case_key,
    channel, state, money, delivery, sync, outcome, proposal, receiving_id, competent_id,
    applicant_id, owner_id, owner_folded, applicant_role, mandate, helper_name, phone, email,
    return_mode, return_address, form_data, sets, note, filed_at, accepted_at, started_at, due_at,
    due_original, decided_at, ended_at, returned_at, clock, calendar_key, paused_from,
    extension_count, supplement_count, originals_held, is_confidential, step_key, step_name,
    turn_agency_id, turn_role, assignee_id, step_due_at, risk, risk_reasons, revision)
SELECT dossier_id, code, version_id, procedure_code, 'Thủ tục số ' || procedure_code, field, '',
    channel,
    CASE WHEN ending = 'withdrawn' THEN 'withdrawn' WHEN ended_at IS NOT NULL THEN 'returned'
         WHEN waiting_since IS NOT NULL THEN 'wait_supplement' ELSE 'in_progress' END,
    'free', CASE WHEN ended_at IS NULL THEN 'none' ELSE 'delivered' END, 'local', decided_outcome,
    '', receiving_id, competent_id, %(party)s, %(party)s, 'nguoi do luong ' || dossier_id %% 5000,
    'owner', '', '', '09' || lpad((dossier_id %% 90000000)::text, 8, '0'), '', 'counter', '', '{}', 1,
    '', filed_at, accepted_at, started_at, due_at, due_original, decided_at, ended_at, returned_at,
    '[]', '', '', 0, supplements, 0, dossier_id %% 503 = 0, step_key, step_key, turn_agency_id,
    CASE step_key WHEN '' THEN '' WHEN 'approve' THEN 'head' WHEN 'issue' THEN 'clerk'
         WHEN 'receive' THEN 'receptionist' ELSE 'appraiser' END,
    assignee_id, CASE WHEN ended_at IS NULL THEN due_at END,
    CASE WHEN ended_at IS NULL THEN CASE WHEN due_at < %(now)s::timestamptz THEN 1000
         ELSE (dossier_id %% 100) * (dossier_id %% 100) / 12 END END,
    CASE WHEN ended_at IS NULL THEN '[]'::jsonb END, 10
FROM reporting_standing WHERE dossier_id BETWEEN %(first)s AND %(last)s
"""

# `keys`: whose facts. Those after the dossier's end are not written.
FACTS = """
INSERT INTO ledger_factrow (stream, seq, kind, at, recorded_at, actor, actor_name, post, body, hash)
SELECT 'dossier:' || dossier_id, n, 'dossier.' || kind, moment, moment,
       CASE WHEN n IN (4, 5, 6) THEN 'account:' || coalesce(officer_id, 0) ELSE 'bench' END, '', '',
       CASE kind
       WHEN 'filed' THEN json_build_object('code', code, 'procedure', procedure_code,
            'version_id', version_id, 'case', '', 'channel', channel, 'support', '',
            'receiving', receiver, 'competent', settler, 'field', field, 'papers', 1)::text
       WHEN 'accepted' THEN json_build_object('code', code, 'originals', 0, 'due_at', due)::text
       WHEN 'step_done' THEN format('{"code":"%%s","step":"%%s","next_step":"%%s"}', code,
            CASE n WHEN 5 THEN 'appraise' ELSE 'receive' END,
            CASE n WHEN 5 THEN 'approve' ELSE 'appraise' END)
       WHEN 'approved' THEN format('{"code":"%%s","step":"approve","next_step":"issue",'
            '"outcome":"granted"}', code)
       ELSE json_build_object('code', code, 'number', '1', 'outcome', 'granted', 'due_at', NULL,
            'is_late', false)::text END, ''
FROM (SELECT s.*, r.code AS receiver, c.code AS settler, k.kind, k.n,
             to_char(due_at, 'YYYY-MM-DD"T"HH24:MI:SS') || '+07:00' AS due,
             CASE WHEN k.n <= 2 THEN accepted_at ELSE accepted_at + (k.part
                  + (dossier_id * k.n %% 11) / 200.0) * (coalesce(ended_at, due_at) - accepted_at)
             END AS moment
      FROM reporting_standing s JOIN directory_agency r ON r.id = s.receiving_id
      JOIN directory_agency c ON c.id = s.competent_id,
      (VALUES (1, 'filed', 0.0), (2, 'accepted', 0.0), (3, 'step_done', 0.1),
              (5, 'step_done', 0.5), (6, 'approved', 0.7), (7, 'result_stamped', 0.8),
              (8, 'result_issued', 0.9), (9, 'result_returned', 0.94)) AS k (n, kind, part)
      WHERE dossier_id = ANY(%(keys)s) AND (ending <> 'withdrawn' OR k.n < 6)) AS told
WHERE moment < %(now)s::timestamptz
ORDER BY moment
"""
