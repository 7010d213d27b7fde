#!/usr/bin/env bash
# Collect the interface's sentences, compile the English there is, list the sentences that lack it.
# Needs GNU gettext.
set -euo pipefail
cd "$(dirname "$0")/../src/motcua"
python=../../.venv/bin/python
"$python" ../../manage.py makemessages -l en --no-location --no-wrap -i migrations
"$python" - <<'PY'
import polib

path = "locale/en/LC_MESSAGES/django.po"
words = polib.pofile(path, wrapwidth=0)
for entry in words.obsolete_entries():
    words.remove(entry)
for entry in words.fuzzy_entries():  # gettext's guesses mislead more than they help
    entry.flags.remove("fuzzy")
    entry.previous_msgid = entry.previous_msgid_plural = entry.previous_msgctxt = None
    entry.msgstr = ""
    entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, "")
words.save(path)
words.save_as_mofile(path.removesuffix("po") + "mo")
for entry in words.untranslated_entries():
    print(entry.msgid)
PY
