"""The MCP server of the house, for other assistants."""

from motcua.config.cli.command import Answer, Arguments, command
from motcua.config.cli.progress import Progress


@command("mcp", help="máy chủ MCP trên stdin/stdout cho các trợ lý khác (Model Context Protocol)")
def mcp(arguments: Arguments, progress: Progress) -> Answer:
    """Speak MCP until standard input ends; standard output carries nothing else."""
    from motcua.integration.mcp import build

    build().run("stdio")
    return Answer({"stopped": True})
