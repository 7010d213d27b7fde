"""Measuring the house: what one settled dossier costs, and how pages answer at full size."""
