"""Talking: an answer as a turn keeps it, and what a follow-up needs of the turns before."""
