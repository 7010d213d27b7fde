"""Personal data in free text: found, and masked before it is published or leaves the house.

Pure. It would rather hide a word too many than a number too few; what stays must still read well.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from motcua.kernel import text as vn

NAME, IDENTITY, PHONE, EMAIL = "name", "identity", "phone", "email"
ACCOUNT, PLATE, ADDRESS, DOSSIER = "account", "plate", "address", "dossier"

PLACEHOLDERS = {
    NAME: "[họ tên]",
    IDENTITY: "[số giấy tờ]",
    PHONE: "[số điện thoại]",
    EMAIL: "[thư điện tử]",
    ACCOUNT: "[số tài khoản]",
    PLATE: "[biển số xe]",
    ADDRESS: "[số nhà]",
    DOSSIER: "[mã hồ sơ]",
}
_SHOWN = re.compile("|".join(re.escape(shown) for shown in PLACEHOLDERS.values()))
_STABLE = {
    NAME: "TÊN", IDENTITY: "GIẤY_TỜ", PHONE: "ĐIỆN_THOẠI", EMAIL: "THƯ", ACCOUNT: "TÀI_KHOẢN",
    PLATE: "BIỂN_SỐ", ADDRESS: "SỐ_NHÀ", DOSSIER: "HỒ_SƠ",
}  # fmt: skip


@dataclass(frozen=True)
class Found:
    """One personal thing: its kind, how it was written, and where it stood."""

    kind: str
    text: str
    start: int
    end: int


@dataclass(frozen=True)
class Masked:
    """A text without its personal things, and what they were."""

    text: str
    found: tuple[Found, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Nothing had to be hidden."""
        return not self.found


@dataclass(frozen=True)
class Hidden:
    """A text whose personal things stand as numbered marks, to be put back after a call out."""

    text: str
    marks: tuple[tuple[str, str], ...] = ()

    def restore(self, text: str) -> str:
        """Return a text with every mark that it kept put back as it was written."""
        kept = dict(self.marks)
        return re.sub(r"\[[A-ZĐ][^\[\]]*_\d+\]", lambda m: kept.get(m.group(), m.group()), text)


def mask(text: str, *, names: Iterable[str] = ()) -> Masked:
    """Return the text fit to be published: each personal thing replaced by what kind it is.

    names: names known to be personal (the sender's), hidden with or without diacritics.
    """
    written = vn.nfc(text)
    found = tuple(_spans(written, names))
    return Masked(_replaced(written, found, [PLACEHOLDERS[f.kind] for f in found]), found)


def hide(text: str, *, names: Iterable[str] = ()) -> Hidden:
    """Return the text with numbered marks, the same mark for the same thing."""
    written = vn.nfc(text)
    found = tuple(_spans(written, names))
    marks: dict[tuple[str, str], str] = {}
    for one in found:
        key = (one.kind, one.text)
        if key not in marks:
            number = sum(kind == one.kind for kind, _text in marks) + 1
            marks[key] = _unused(f"{_STABLE[one.kind]}_{number}", written)
    shown = _replaced(written, found, [marks[one.kind, one.text] for one in found])
    return Hidden(shown, tuple((mark, said) for (_kind, said), mark in marks.items()))


def _unused(name: str, written: str) -> str:
    """The mark, with digits added while the writer's own text holds the same."""
    while f"[{name}]" in written:
        name += "0"
    return f"[{name}]"


def _replaced(text: str, found: Iterable[Found], by: Iterable[str]) -> str:
    parts, at = [], 0
    for one, shown in zip(found, by, strict=True):
        parts += [text[at : one.start], shown]
        at = one.end
    return "".join([*parts, text[at:]])


# --- numbers and codes

_GAP = r"[\s.\-–_·]{0,2}"  # people write numbers in groups
_NOT_IN_NUMBER = r"(?<![\d])"
_MONEY = r"(?!\s*(?:đ\b|₫|vnđ|vnd|đồng|dong\b|triệu|trieu|tỷ|nghìn|ngàn|k\b|m2|m²|ha\b))"
_NO_SUM = r"(?!\d{3}\.\d{3}\.\d{3}(?!\d))"  # 150.000.000
_ID_WORD = (
    r"(?:cmnd|cmtnd|cccd|cc\b|chứng minh(?: nhân dân| thư)?|chung minh(?: nhan dan| thu)?|căn cước"
    r"(?: công dân)?|can cuoc(?: cong dan)?|định danh(?: cá nhân)?|dinh danh(?: ca nhan)?|hộ chiếu"
    r"|ho chieu|passport|bhxh|bhyt|bảo hiểm(?: xã hội| y tế)?|bao hiem(?: xa hoi| y te)?"
    r"|mã số thuế|ma so thue|mst)"
)
_BANK_WORD = (
    r"(?:số tài khoản|so tai khoan|tài khoản|tai khoan|stk|số tk|so tk|\btk\b|vietcombank|vcb|agribank"
    r"|bidv|vietinbank|techcombank|sacombank|mb ?bank|vp ?bank|acb|momo|zalopay)"
)
_BETWEEN = r"[^\d\n\[\]]{0,18}?"  # "số tài khoản của bà ấy là"

_NUMBERS: tuple[tuple[str, str], ...] = (
    (EMAIL, r"[\w.+\-]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+"),
    (EMAIL, r"[\w.+\-]+\s?[(\[](?:a|at|a còng)[)\]]\s?[\w\-]+(?:\s?\.\s?[a-z]{2,6})+(?!\w)"),
    (DOSSIER, r"(?<![\w.])[0-9A-Z][0-9A-Z.]{2,34}\s?[-–]\s?\d{6}(?:\d\d)?\s?[-–]\s?\d{4,7}(?!\d)"),
    (ACCOUNT, rf"{_BANK_WORD}{_BETWEEN}(?P<it>\d(?:{_GAP}\d){{5,18}})(?!\d){_MONEY}"),
    (IDENTITY, rf"{_ID_WORD}{_BETWEEN}(?P<it>[a-z]{{0,2}}\d(?:{_GAP}\d){{6,14}})(?!\d)"),
    (IDENTITY, rf"{_NOT_IN_NUMBER}\d{{12}}(?!\d){_MONEY}"),
    (PHONE, r"(?<![\d])(?:\(?\+?84\)?[\s.\-]?|0)\d{9,10}(?!\d)"),
    (PHONE, rf"{_NOT_IN_NUMBER}(?:\(?\+84\)?|84|0084)(?:[\s.\-–_·()]{{0,3}}\d){{9,10}}(?!\d)"),
    (IDENTITY, rf"{_NOT_IN_NUMBER}\d(?:{_GAP}\d){{11}}(?!\d){_MONEY}"),
    (PHONE, rf"{_NOT_IN_NUMBER}\(?0(?:[\s.\-–_·)]{{0,2}}\d){{9,10}}(?!\d)"),
    (IDENTITY, rf"{_NOT_IN_NUMBER}{_NO_SUM}\d(?:{_GAP}\d){{8}}(?!\d){_MONEY}"),
    (PHONE, rf"(?<!\w)(?=(?:[oil.\s-]*\d){{4}})[0o](?:{_GAP}[\doil]){{9}}(?!\w)"),  # o9o5 I23 456
    (PLATE, r"(?<![\w])\d{2}\s?[-–]?\s?[a-zđ]{1,2}\d?\s?[-–.]?\s?\d{3}[.\s]?\d{2}(?!\d)"),
    (PLATE, r"(?<![\w])\d{2}\s?[-–]?\s?[a-zđ]{1,2}\d?\s?[-–.]\s?\d{4}(?!\d)"),
)  # fmt: skip
_ANY_CASE = [(kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _NUMBERS]

# --- houses; the street stays, so that a place can still be found

_HOUSE_NUMBER = r"\d{1,4}[a-zA-ZĐđ]?(?:\s?/\s?\d{1,4}[a-zA-Z]?){0,4}(?![\d/\-])"
_CAPITAL = "A-ZĐÀ-ÖØ-ÝĂĨŨƠƯẠ-Ỹ"
_HOUSES = (
    re.compile(
        rf"(?:\bsố nhà|\bso nha|\bnhà số|\bnha so|\bsn|\bnhà|\bnha)\s*:?\s*(?P<it>{_HOUSE_NUMBER})"
        r"(?!\s*(?:tầng|tang|người|nguoi|hộ|ho\b|m2|mét|căn|can\b|phòng|phong|lầu|lau\b|dân|tỷ|triệu))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:số|so)\s+(?P<it>{_HOUSE_NUMBER})(?=\s*,?\s*(?i:đường|duong|hẻm|hem|ngõ|ngo|kiệt|kiet|phố"
        rf"|tổ|to|thôn|thon|khu phố|[{_CAPITAL}]))",
        re.IGNORECASE,
    ),
    re.compile(
        rf"\b(?:hẻm|hem|ngõ|ngách|kiệt)\s+(?:số\s+)?(?P<it>{_HOUSE_NUMBER})", re.IGNORECASE
    ),
    re.compile(
        rf"(?<![\w/.,\-])(?<!đường )(?<!ngày )(?<!tháng )(?<!lộ )(?<!phố )"
        r"(?<!sáng )(?<!chiều )(?<!tối )"
        rf"(?P<it>{_HOUSE_NUMBER})(?=\s+(?:(?i:đường|duong|hẻm|hem)\s|(?:[{_CAPITAL}][^\W\d]+\s+){{1,4}}"
        rf"[{_CAPITAL}][^\W\d]+))"
    ),
)
_LAW_AHEAD = re.compile(r"\s?/\s?\d{0,4}\s?/?\s?(?:NĐ|TT|QĐ|QH|UBND|CP|NQ)", re.IGNORECASE)

# --- names


def _words(written: str) -> frozenset[str]:
    return frozenset(written.split())


def _phrases(written: str) -> list[str]:
    return [phrase.strip() for phrase in written.split(",")]


_SURNAMES = _words(
    "nguyễn trần lê phạm hoàng huỳnh phan vũ võ đặng bùi đỗ hồ ngô dương lý đinh mai trịnh"
    " đoàn tô hà lương cao châu tạ phùng quách thái lâm triệu trương tăng đào vương kiều từ"
    " chế mấu cao bo đàng thập não quảng báo katơ chamaléa pi-năng tro cà niê ksor y"
)
_RARE_AS_WORDS = _words("nguyễn trần phạm huỳnh hoàng võ vũ bùi trịnh đoàn phùng quách trương đỗ")
_GIVEN = _words(
    "tuấn hương lan hoa hồng thảo linh trang dũng cường nhung oanh yến ngân quỳnh nga thủy"
    " thúy vân hạnh hiền hằng huệ liên loan mai nguyệt phượng sương tâm thanh thoa thơm trâm"
    " trinh tuyết uyên vy bình chiến công cương đạt điệp đông đức duy giang hải hậu hiếu hòa"
    " hoàng huy khang khánh khoa kiên lâm long lợi lộc luân nam nghĩa nhân phát phong phúc"
    " phước quân quang quốc quyền sang sinh tài thái thắng thành thiện thịnh thông thuận tiến"
    " toàn trí trung trường tú tùng vinh vũ xuân bích diễm dung duyên hà hường kiều kim lệ ly"
    " my ngọc nhi như ni quyên thư thương tiên trúc"
)
_FOLLOWS_TITLE = _words(
    "sinh trường công thành quyền trung quốc nam đông hải hòa toàn sang tiến thông tài phong"
    " lợi như tâm phát thuận chiến thương quang quân thành hà hậu bình hoàng kiên"
)
_TITLE = (
    r"ông|bà|anh|chị|em|cô|chú|bác|thầy|cậu|dì|mợ|thím|dượng|cụ|đồng chí|đ/c|mr\.?|ms\.?|mrs\.?"
    r"|cán bộ|công chức|viên chức|chuyên viên|nhân viên|giao dịch viên|chủ tịch|phó chủ tịch|giám đốc"
    r"|phó giám đốc|trưởng phòng|phó phòng|trưởng công an|đại úy|thiếu úy|trung úy|thượng úy|thiếu tá"
    r"|trung tá|bác sĩ|bs\.?|y tá|hiệu trưởng|cô giáo|thầy giáo|trưởng thôn|tổ trưởng|chủ nhà|chủ quán"
    r"|ong|ba|chi|co|chu|bac|thay|can bo|chuyen vien|nhan vien|chu tich|dong chi"
)
_CALLED = (
    r"tên là|tên tôi là|tên tôi|họ và tên|họ tên|tôi tên là|tôi tên|tên|tôi là|em là|con là|cháu là"
    r"|mình là|người gửi|kính đơn|ký tên|người phản ánh|ten la|toi la|ten toi la|ten toi|toi ten la"
    r"|toi ten|ho ten|ho va ten"
)
_NAME_WORD = rf"[{_CAPITAL}][^\W\d_]*(?:['’-][^\W\d_]+)?"
_NAME_RUN = re.compile(rf"{_NAME_WORD}(?:[ \t]+{_NAME_WORD}){{0,4}}\.?")
_LONGEST = "|".join(sorted(f"{_TITLE}|{_CALLED}".split("|"), key=len, reverse=True))  # "cô giáo"
_AFTER = re.compile(rf"(?<![\w])(?P<how>{_LONGEST})\b[ \t]*:?[ \t]*", re.IGNORECASE)
_FULL = re.compile(rf"(?<![\w]){_NAME_WORD}(?:[ \t]+{_NAME_WORD}){{1,4}}(?![\w])")
_PLAIN = re.compile(r"[^\W\d_]+(?:[ \t]+[^\W\d_]+){0,3}")
_STREET = re.compile(
    r"(?i)(?:đường|duong|phố|hẻm|hem|trường|truong|cầu|cau|chợ|cho|đại lộ|dai lo|quảng trường|bệnh viện"
    r"|benh vien|công viên|cong vien|ngã tư|nga tu|ngã ba|nga ba|góc|goc|tượng đài|xã|xa|phường|phuong"
    r"|thôn|thon|huyện|tỉnh|thành phố|khu|ấp|hồ|sông|suối|vịnh|đảo|hòn)\s*$"
)
_HOUSE_BEFORE = re.compile(r"(?:\d|số nhà\])\s*$")
_NOT_NAMES = _words(
    "ủy ban ubnd công an sở phòng trung tâm thuế chi cục bộ hội đảng nhà trường bệnh viện một"
    " cửa tôi em con cháu mình xin kính gửi cảm ơn đề nghị hôm nay việt nam khánh hòa nha"
    " trang chủ tịch giám đốc trưởng phó rịa ơi ấy này kia đó trên dưới bên ở cũng đã đang"
    " không có là và"
)
_FAMOUS = frozenset(
    vn.fold(name)
    for name in _phrases(
        "Trần Phú, Trần Hưng Đạo, Nguyễn Tất Thành, Nguyễn Trãi, Nguyễn Huệ, Nguyễn Du, "
        "Nguyễn Đình Chiểu, Lê Lợi, Lê Duẩn, Lê Hồng Phong, Lê Thánh Tôn, Lê Thánh Tông, "
        "Lê Đại Hành, Lý Thường Kiệt, Lý Thái Tổ, Lý Tự Trọng, Phạm Văn Đồng, Phan Chu Trinh, "
        "Phan Bội Châu, Phan Đình Phùng, Võ Nguyên Giáp, Võ Thị Sáu, Võ Văn Kiệt, Hoàng Diệu, "
        "Hoàng Hoa Thám, Hoàng Văn Thụ, Ngô Gia Tự, Ngô Quyền, Đinh Tiên Hoàng, "
        "Trần Quang Khải, Trần Nhật Duật, Trần Quý Cáp, Nguyễn Thị Minh Khai, Nguyễn Văn Trỗi, "
        "Nguyễn Thiện Thuật, Nguyễn Chánh, Trần Quốc Toản, Hùng Vương, Tô Hiến Thành, "
        "Dương Hiến Quyền, Mai Xuân Thưởng, Cao Bá Quát, Cao Thắng, Lương Định Của, "
        "Hồ Xuân Hương, Bùi Thị Xuân, Đồng Nai, Thái Nguyên, Lê Thanh Nghị, Nguyễn Khuyến, "
        "Nguyễn Xiển, Phong Châu, Trường Sa, Hoàng Sa, Vĩnh Nguyên, Đỗ Xuân Hợp, "
        "Thích Quảng Đức, Hồ Chí Minh, "
    )
)


def _spans(text: str, names: Iterable[str]) -> Iterator[Found]:
    """Every personal thing, in order, none overlapping; numbers before houses before names."""
    taken = [Found("", m.group(), *m.span()) for m in _SHOWN.finditer(text)]
    for start, end, kind in _candidates(text, names):
        if end > start and not any(start < one.end and one.start < end for one in taken):
            taken.append(Found(kind, text[start:end], start, end))
    yield from sorted((one for one in taken if one.kind), key=lambda one: one.start)


def _candidates(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    for kind, pattern in _ANY_CASE:
        for hit in pattern.finditer(text):
            part = "it" if "it" in pattern.groupindex else 0
            yield (*hit.span(part), kind)
    for pattern in _HOUSES:
        for hit in pattern.finditer(text):
            if not _LAW_AHEAD.match(text, hit.end("it")):
                yield (*hit.span("it"), ADDRESS)
    yield from ((start, end, NAME) for start, end in _known(text, names))
    yield from ((start, end, NAME) for start, end in _names_after(text))
    yield from ((start, end, NAME) for start, end in _full_names(text))


def _known(text: str, names: Iterable[str]) -> Iterator[tuple[int, int]]:
    folded = "".join((vn.fold(char) or " ")[:1] for char in text)
    for name in names:
        wanted = r"\s+".join(re.escape(part) for part in vn.fold(name).split())
        if len(wanted) > 1:
            for hit in re.finditer(rf"(?<!\w){wanted}(?!\w)", folded):
                yield hit.span()


def _names_after(text: str) -> Iterator[tuple[int, int]]:
    for title in _AFTER.finditer(text):
        if _STREET.search(text, max(0, title.start() - 14), title.start()):
            continue
        run = _NAME_RUN.match(text, title.end())
        length = _capital_length(run.group(), title["how"]) if run else 0
        if not length:
            length = _plain_length(text, title)
        if length:
            yield title.end(), title.end() + length


def _capital_length(run: str, how: str) -> int:
    """How many letters of a run of capitalised words are the name."""
    kept: list[str] = []
    shouted = run.isupper() and how.isupper() and len(run) > 3
    for word in run.rstrip(".").split():
        if vn.nfc(word).lower() in _NOT_NAMES and not kept:
            return 0
        if kept and vn.nfc(word).lower() in _NOT_NAMES - _GIVEN - {"hòa", "trang", "an"}:
            break
        kept.append(word)
    if shouted:
        kept = kept[:3] if vn.nfc(kept[0]).lower() in _SURNAMES else kept[:1]
    if not kept:
        return 0
    last = kept[-1]
    return run.index(last, sum(len(word) for word in kept[:-1])) + len(last)


def _plain_length(text: str, title: re.Match[str]) -> int:
    """A name written small: a surname that is no common word, or a usual given name."""
    run = _PLAIN.match(text, title.end())
    if not run or run.group()[:1].isupper():
        return 0
    parts = run.group().split()
    first = vn.fold_tone(parts[0])
    long = len(parts) > 2 and vn.fold_tone(parts[1]) in {"văn", "thị", "van", "thi"}
    if long and vn.fold(first) in {vn.fold(name) for name in _SURNAMES}:
        size = 3
    elif first in _RARE_AS_WORDS and len(parts) > 1:
        size = 2
    elif first in _GIVEN - _FOLLOWS_TITLE and len(title["how"]) > 1:
        size = 1
    else:
        return 0
    end = 0
    for word in parts[:size]:
        end = run.group().index(word, end) + len(word)
    return end


def _full_names(text: str) -> Iterator[tuple[int, int]]:
    """Surname and given names in capitals, where no street or place is meant."""
    for run in _FULL.finditer(text):
        parts = run.group().split()
        starts = [
            at for at, word in enumerate(parts) if vn.fold_tone(word) in _RARE_AS_WORDS | {"lê"}
        ]
        if not starts or starts[0] + 1 >= len(parts) or run.group().isupper():
            continue
        name = " ".join(parts[starts[0] :])
        if vn.fold(name) in _FAMOUS or any(vn.fold(name).startswith(f + " ") for f in _FAMOUS):
            continue
        start = run.start() + run.group().index(parts[starts[0]])
        if starts[0] == 0 and (
            _STREET.search(text, max(0, start - 14), start)
            or _HOUSE_BEFORE.search(text, max(0, start - 14), start)
        ):
            continue
        if starts[0] and _STREET.search(" ".join(parts[: starts[0]])):
            continue
        yield start, run.end()
