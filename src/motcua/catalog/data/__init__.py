"""Data that ships with the catalogue."""
