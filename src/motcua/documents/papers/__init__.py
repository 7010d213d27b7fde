"""Official papers: pure data in, PDF/A-2a and PDF/UA-1 out. No database here."""

from motcua.documents.papers.manifest import NoTemplateInForce, in_force, keys
from motcua.documents.papers.press import render

__all__ = ["NoTemplateInForce", "in_force", "keys", "render"]
