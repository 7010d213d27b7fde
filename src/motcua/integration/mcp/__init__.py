"""MCP: what other assistants may do here, as tools over standard input and output.

Whoever starts the server talks to the house as an unknown member of the public: what is published,
a dossier by its code and phone, a report or question in somebody's name who said yes to it.
"""

from motcua.integration.mcp.server import build

__all__ = ["build"]
