#!/usr/bin/env bash
# Collect the interface's sentences, compile the English there is, list the sentences that lack it.
# Needs GNU gettext.
set -euo pipefail
cd "$(dirname "$0")/../src/motcua"
python=../../.venv/bin/python
"$python" - <<'PY'
import os
import sys

sys.path.insert(0, "../..")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "motcua.config.settings")
from django.core.management.commands.makemessages import Command

Command.xgettext_options = [*Command.xgettext_options, "--keyword=_later"]  # gettext_lazy, named so
Command().run_from_argv(
    ["manage.py", "makemessages", "-l", "en", "--no-location", "--no-wrap", "-i", "migrations"]
)
PY
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
