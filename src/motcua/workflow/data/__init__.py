"""Data that ships with the workflow."""
