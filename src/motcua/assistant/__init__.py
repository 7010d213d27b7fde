"""Answers in plain Vietnamese, each claim with its source, or an honest "I do not know"."""
