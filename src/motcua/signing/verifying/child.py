"""The process that looks into strangers' files: little memory, little time, and then it ends.

Reads one JSON request from standard input and writes one JSON answer to standard output. Neither
the database nor any key of ours is within its reach.
"""

import asyncio
import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

MEMORY_BYTES = 900 * 1024 * 1024
CPU_SECONDS = 20


def main() -> int:
    """Answer one request."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    request = json.loads(sys.stdin.readline())
    json.dump(_answered(request), sys.stdout, ensure_ascii=False)
    return 0


def _answered(request: dict[str, Any]) -> dict[str, Any]:
    from motcua.signing.verifying import codes, documents, roots
    from motcua.signing.verifying.report import as_document

    terms = documents.Terms(
        trusted=[root for folder in request["trust"] for root in roots.trusted(folder)],
        now=datetime.fromisoformat(request["now"]),
        may_ask=bool(request["may_ask"]),
    )
    path = Path(request["path"])
    report = asyncio.run(documents.inspect(path, name=request["name"], terms=terms))
    return {
        "report": as_document(report),
        "codes": codes.on_first_page(path, report) if request["with_codes"] else [],
    }


if __name__ == "__main__":
    sys.exit(main())
