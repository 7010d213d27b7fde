"""Reads of feedback; officers' reads pass `visible_to`, the public's read only masked words."""
