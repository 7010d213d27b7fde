"""Commands about stored files."""

from dataclasses import asdict

from motcua.config.cli.command import Answer, Arguments, Needs, command
from motcua.config.cli.progress import Progress

_FOUND = {"changed": "nội dung đã đổi", "missing": "mất khỏi nơi lưu"}


@command("documents verify", help="đọc lại từng tệp đã lưu, tìm tệp bị đổi", needs=Needs.TABLES)
def verify(arguments: Arguments, progress: Progress) -> Answer:
    """Hash every stored file again; the exit code is 0 only when each is what it was."""
    from django.utils import timezone

    from motcua.documents import queries
    from motcua.documents import services as documents

    with progress.bar("Đọc lại tệp", queries.stored_files()) as tell:
        found = documents.inspect(at=timezone.now(), tell=tell)
    read = f"{found.files} tệp, {found.size_bytes / 1_000_000:.1f} MB"
    state = "nguyên vẹn" if found.is_whole else "KHÔNG nguyên vẹn"
    lines = [f"Tệp đã lưu {state}: đã đọc {read}."]
    if not found.is_whole:
        lines.append(f"{found.changed} tệp bị đổi, {found.missing} tệp bị mất.")
    lines += [f"  {_FOUND[f.found]}: {f.name} ({f.storage_path})" for f in found.faults]
    if found.strays:
        lines.append(f"{found.strays} tệp không thuộc hồ sơ nào (sẽ được dọn sau một ngày).")
    document = asdict(found) | {"whole": found.is_whole}
    return Answer(document, tuple(lines), is_ok=found.is_whole)
