"""Reads of the assistant for pages and other modules."""
