"""Reads of dossiers; each passes `visibility.visible_to`."""
