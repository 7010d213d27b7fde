"""Warnings, signals and duties as pure decisions."""
