"""Answers composed from rows: a question goes through small steps and comes out with its sources."""
