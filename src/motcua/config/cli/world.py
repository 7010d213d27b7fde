"""Commands about the demo world and the generated documents."""

from motcua.config.cli.command import Answer, Arguments, Needs, Table, command
from motcua.config.cli.progress import Progress
from motcua.config.paths import HOME
from motcua.kernel.refused import Refused


@command("demo load", help="nạp thế giới mẫu (khoảng 2.000 hồ sơ) qua đúng các nghiệp vụ thật")
def load(arguments: Arguments, progress: Progress) -> Answer:
    """Load the demo world where there is none, and say who can sign in."""
    from motcua.config import first_start

    demo = first_start.demo_world()
    if demo is None:
        raise Refused("bản cài đặt này không có thế giới mẫu")
    was_loaded = demo.is_loaded()
    if not was_loaded:
        demo.load(progress=progress)
    logins = demo.logins()
    document = {
        "loaded": not was_loaded,
        "logins": [{"role": r, "username": u, "password": p} for r, u, p in logins],
    }
    lines = ("Thế giới mẫu đã có từ trước." if was_loaded else "Đã nạp thế giới mẫu.",)
    return Answer(
        document, lines, table=Table(("Vai", "Tên đăng nhập", "Mật khẩu"), tuple(logins))
    )


@command(
    "rules generate",
    help="ghi docs/rules.md: mỗi quy tắc, hàm và bài thử giữ nó",
    needs=Needs.NOTHING,
)
def rules(arguments: Arguments, progress: Progress) -> Answer:
    """Write docs/rules.md from the code and the tests."""
    from motcua.config import rulebook

    file = HOME / "docs" / "rules.md"
    count = rulebook.write(file)
    return Answer({"file": str(file), "rules": count}, (f"Đã ghi {count} quy tắc vào {file}.",))
