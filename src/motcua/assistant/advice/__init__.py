"""Advice beside a dossier: the law of the step, what similar dossiers did, drafts, whom to ask.

Pure reads through the dossiers' own predicate: an officer learns nothing that they may not read.
"""
