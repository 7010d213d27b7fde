"""What stands on each kind of paper: invented values by name, dates as dates, amounts as numbers."""

from collections.abc import Callable
from datetime import date, timedelta

from motcua.documents.synthetic.kinds.draw import Draw
from motcua.kernel.registry import Registry

Value = str | int | date
Values = dict[str, Value]
makers: Registry[Callable[[Draw], Values]] = Registry("kind of specimen")


def values(kind: str, seed: int) -> Values:
    """Return the values of one specimen; the same for the same seed."""
    draw = Draw(seed)
    place = draw.commune.partition(" ")[2].removeprefix("khu ")
    common: Values = {"place": place, "commune": draw.commune}
    made = makers.get(kind)(draw)
    return common | {"signer": draw.person().name, "midwife": draw.person().name} | made


def _committee(draw: Draw) -> str:
    return f"Ủy ban nhân dân {draw.commune}"


@makers.register("declaration")
def _declaration(draw: Draw) -> Values:
    father, mother = draw.person("nam"), draw.person("nữ")
    name, sex, born, _number = draw.child(father)
    return {
        "addressee": _committee(draw), "requester_name": father.name,
        "requester_id": father.id_number, "requester_birth_date": father.birth_date,
        "requester_sex": father.sex.capitalize(), "phone": father.phone,
        "address": draw.address(father, draw.commune), "subject_name": name,
        "subject_birth_date": born, "subject_sex": sex.capitalize(), "hospital": draw.hospital,
        "mother_name": mother.name, "mother_year": mother.birth_date.year,
        "filed_on": min(born + timedelta(days=draw.pick(5, 12, 20)), date(2026, 11, 20)),
    }  # fmt: skip


@makers.register("birth_notice")
def _birth_notice(draw: Draw) -> Values:
    mother, father = draw.person("nữ"), draw.person("nam")
    name, sex, born, _number = draw.child(father)
    return {
        "number": f"{draw.random.randint(1, 980)}/{born.year}", "mother_name": mother.name,
        "mother_id": mother.id_number, "mother_year": mother.birth_date.year,
        "mother_birth_date": mother.birth_date, "father_name": father.name,
        "address": draw.address(mother), "birth_date": born, "child_name": name,
        "birth_time": f"{draw.random.randrange(24):02} giờ {draw.random.randrange(60):02} phút",
        "child_sex": sex.capitalize(), "weight_grams": draw.random.randrange(2500, 4200, 50),
        "issuer": draw.hospital, "issued_on": born + timedelta(days=2),
    }  # fmt: skip


@makers.register("birth_certificate")
def _birth_certificate(draw: Draw) -> Values:
    mother, father = draw.person("nữ"), draw.person("nam")
    name, sex, born, number = draw.child(father)
    issued = born + timedelta(days=draw.pick(7, 15, 21))
    return {
        "number": str(draw.random.randint(12, 890)), "year": issued.year, "child_name": name,
        "birth_date": born, "sex": sex.capitalize(), "ethnicity": father.ethnicity,
        "birth_place": f"{draw.hospital}, tỉnh Khánh Hòa", "child_id": number,
        "mother_name": mother.name, "mother_year": mother.birth_date.year,
        "father_name": father.name, "father_year": father.birth_date.year,
        "address": draw.address(mother, draw.commune),
        "issuer": _committee(draw), "issued_on": issued,
    }  # fmt: skip


@makers.register("identity_card")
def _identity_card(draw: Draw) -> Values:
    one = draw.person()
    issued = draw.day(date(2021, 7, 1), date(2026, 6, 1))
    ends = one.birth_date.replace(year=max(one.birth_date.year + 60, issued.year + 5))
    return {
        "id_number": one.id_number, "name": one.name, "birth_date": one.birth_date,
        "sex": one.sex.capitalize(), "nationality": "Việt Nam",
        "origin": f"{draw.other_commune()}, tỉnh Khánh Hòa",
        "address": draw.address(one), "issued_on": issued, "valid_until": ends,
        "old_number": draw.pick("", draw.digits(9)),
    }  # fmt: skip


@makers.register("marriage_certificate")
def _marriage_certificate(draw: Draw) -> Values:
    wife, husband = draw.person("nữ"), draw.person("nam")
    issued = draw.day(date(2025, 7, 1))
    return {
        "number": f"{draw.random.randint(1, 400)}/{issued.year}", "wife_name": wife.name,
        "wife_birth_date": wife.birth_date, "wife_id": wife.id_number,
        "wife_address": draw.address(wife), "husband_name": husband.name,
        "husband_birth_date": husband.birth_date, "husband_id": husband.id_number,
        "husband_address": draw.address(husband), "issuer": _committee(draw), "issued_on": issued,
    }  # fmt: skip


@makers.register("marital_status")
def _marital_status(draw: Draw) -> Values:
    one = draw.person()
    issued = draw.day(date(2025, 7, 1))
    return {
        "number": f"{draw.random.randint(1, 900)}/UBND-XNTTHN", "name": one.name,
        "birth_date": one.birth_date, "sex": one.sex.capitalize(), "id_number": one.id_number,
        "address": draw.address(one, draw.commune),
        "status": draw.pick("Chưa đăng ký kết hôn với ai", "Đã ly hôn, chưa đăng ký kết hôn lại",
                            "Đã có vợ hoặc chồng nhưng vợ hoặc chồng đã chết"),
        "purpose": draw.pick("làm thủ tục đăng ký kết hôn", "bổ sung hồ sơ vay vốn ngân hàng",
                             "làm thủ tục chuyển nhượng quyền sử dụng đất"),
        "issuer": _committee(draw), "issued_on": issued,
    }  # fmt: skip


@makers.register("land_certificate")
def _land_certificate(draw: Draw) -> Values:
    one = draw.person()
    use, term = draw.pick(("Đất ở tại nông thôn", "Lâu dài"), ("Đất ở tại đô thị", "Lâu dài"),
                          ("Đất trồng cây lâu năm", "Đến ngày 15/10/2063"))  # fmt: skip
    return {
        "serial": f"{draw.pick('AA', 'DA', 'DB', 'CK')} {draw.digits(8)}",
        "book_number": f"VP{draw.digits(5)}", "owner_name": one.name, "owner_id": one.id_number,
        "address": draw.address(one), "plot": draw.random.randint(5, 980),
        "sheet": draw.random.randint(1, 90),
        "area_m2": f"{draw.random.randint(60, 990)},{draw.pick(1, 3, 5, 8)}",
        "land_use": use, "term": term, "plot_address": f"{draw.commune}, tỉnh Khánh Hòa",
        "issuer": draw.pick("Chi nhánh Văn phòng đăng ký đất đai Nha Trang",
                            "Chi nhánh Văn phòng đăng ký đất đai Ninh Hòa",
                            "Văn phòng đăng ký đất đai tỉnh Khánh Hòa"),
        "issued_on": draw.day(date(2025, 7, 1)),
    }  # fmt: skip


@makers.register("contract")
def _contract(draw: Draw) -> Values:
    a, b = draw.person(), draw.person()
    signed = draw.day(date(2025, 7, 1))
    return {
        "number": f"{draw.random.randint(1, 300):02}/{signed.year}/HĐ",
        "abstract": "Hợp đồng " + draw.pick("chuyển nhượng quyền sử dụng đất", "thuê nhà ở",
                              "mua bán xe máy", "tặng cho quyền sử dụng đất", "vay tài sản"),
        "party_a_name": a.name, "party_a_id": a.id_number, "party_a_address": draw.address(a),
        "party_b_name": b.name, "party_b_id": b.id_number, "party_b_address": draw.address(b),
        "amount": draw.random.randrange(12, 3900) * 1_000_000, "signed_on": signed,
    }  # fmt: skip


@makers.register("mandate")
def _mandate(draw: Draw) -> Values:
    a, b = draw.person(), draw.person()
    signed = draw.day(date(2025, 12, 1))
    return {
        "principal_name": a.name, "principal_id": a.id_number, "address": draw.address(a),
        "agent_name": b.name, "agent_id": b.id_number, "agent_address": draw.address(b),
        "scope": draw.pick("nộp hồ sơ và nhận kết quả đăng ký khai sinh",
                           "nộp hồ sơ cấp giấy phép xây dựng nhà ở riêng lẻ",
                           "nhận kết quả cấp bản sao trích lục hộ tịch"),
        "valid_until": signed + timedelta(days=draw.pick(90, 180, 365)), "signed_on": signed,
        "issuer": _committee(draw),
    }  # fmt: skip


@makers.register("application")
def _application(draw: Draw) -> Values:
    one = draw.person()
    return {
        "abstract": draw.pick("xác nhận thông tin về cư trú", "cấp lại giấy chứng nhận hộ nghèo",
                              "hỗ trợ chi phí mai táng", "tách thửa đất ở", "cấp số nhà mới"),
        "addressee": _committee(draw), "name": one.name, "birth_date": one.birth_date,
        "id_number": one.id_number, "address": draw.address(one, draw.commune),
        "phone": one.phone, "filed_on": draw.day(date(2025, 7, 1)),
    }  # fmt: skip


@makers.register("decision")
def _decision(draw: Draw) -> Values:
    return {
        "number": f"{draw.random.randint(2, 3900)}/QĐ-UBND", "issuer": _committee(draw),
        "abstract": draw.pick("công nhận hộ thoát nghèo năm 2026",
                              "cho phép chuyển mục đích sử dụng đất",
                              "trợ cấp xã hội hằng tháng", "thành lập Tổ công tác chuyển đổi số",
                              "thay đổi, cải chính hộ tịch"),
        "issued_on": draw.day(date(2025, 7, 1)),
    }  # fmt: skip


@makers.register("business_licence")
def _business_licence(draw: Draw) -> Values:
    one = draw.person()
    return {
        "number": f"37{draw.pick('B', 'C', 'D')}{draw.digits(7)}", "issuer": _committee(draw),
        "business_name": draw.pick("Quán cơm Hải Âu", "Tạp hóa Bốn Mùa", "Tiệm may Thanh Tâm",
                                   "Cà phê Biển Xanh", "Sửa xe Minh Phát", "Bún cá Cô Ba"),
        "address": draw.address(one, draw.commune), "owner_name": one.name,
        "owner_id": one.id_number, "owner_sex": one.sex.capitalize(), "phone": one.phone,
        "owner_address": draw.address(one), "capital": draw.random.randrange(30, 900, 10) * 1_000_000,
        "trade": draw.pick("Dịch vụ ăn uống", "Bán lẻ lương thực, thực phẩm", "Sửa chữa mô tô, xe máy"),
        "issued_on": draw.day(date(2025, 7, 1)),
    }  # fmt: skip


def tax_code(draw: Draw) -> str:
    """Return an invented tax code whose check digit fits."""
    weights = (31, 29, 23, 19, 17, 13, 7, 5, 3)
    while True:
        head = "99" + draw.digits(7)
        last = 10 - sum(int(d) * w for d, w in zip(head, weights, strict=True)) % 11
        if last < 10:
            return f"{head}{last}"


@makers.register("invoice")
def _invoice(draw: Draw) -> Values:
    seller, buyer = draw.person(), draw.person()
    net = draw.random.randrange(150, 9000) * 1000
    return {
        "symbol": f"{draw.pick(1, 2)}C26T{draw.pick('AA', 'KH', 'MB', 'TN')}",
        "number": f"{draw.random.randrange(1, 99_999):08}", "issued_on": draw.day(date(2026, 1, 2)),
        "seller_name": draw.pick("Công ty TNHH Trầm Hương Mẫu", "Công ty cổ phần Gió Cát Mẫu",
                                 "Hợp tác xã Nho Ninh Mẫu", "Công ty TNHH Yến Sào Thử"),
        "seller_tax": tax_code(draw), "seller_address": draw.address(seller),
        "buyer_name": buyer.name, "buyer_address": draw.address(buyer), "net": net,
        "goods": draw.pick("Dịch vụ đo đạc", "Phí thẩm định hồ sơ", "Vật liệu xây dựng"),
        "vat": net * 8 // 100, "total": net + net * 8 // 100,
    }  # fmt: skip


@makers.register("receipt")
def _receipt(draw: Draw) -> Values:
    one = draw.person()
    return {
        "symbol": f"{draw.pick('AA', 'KH', 'BL')}-26P",
        "number": f"{draw.random.randrange(1, 9_999):07}",
        "payer_name": one.name, "address": draw.address(one), "issuer": _committee(draw),
        "issuer_tax": tax_code(draw), "amount": draw.random.randrange(5, 900) * 1000,
        "reason": draw.pick("Lệ phí đăng ký khai sinh", "Lệ phí cấp bản sao trích lục hộ tịch",
                            "Phí chứng thực bản sao", "Lệ phí đăng ký kinh doanh"),
        "issued_on": draw.day(date(2026, 1, 2)),
    }  # fmt: skip


@makers.register("diploma")
def _diploma(draw: Draw) -> Values:
    one = draw.person()
    return {
        "number": f"{draw.pick('QM', 'NT', 'KH')}{draw.digits(6)}", "name": one.name,
        "birth_date": one.birth_date, "grade": draw.pick("Giỏi", "Khá", "Xuất sắc", "Trung bình"),
        "major": draw.pick("Công nghệ thông tin", "Kế toán", "Nuôi trồng thủy sản", "Luật kinh tế"),
        "issuer": draw.pick("Trường Đại học Mẫu Biển Xanh", "Trường Đại học Thử Nghiệm Nha Trang"),
        "book_number": f"{draw.digits(3)}/ĐH", "issued_on": draw.day(date(2015, 6, 1)),
    }  # fmt: skip
