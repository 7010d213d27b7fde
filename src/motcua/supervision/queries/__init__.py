"""Reads of supervision, each within what the reader may see."""
