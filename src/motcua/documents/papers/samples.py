"""One realistic set of data for each paper: what the bench prints and the tests read back."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from motcua.documents.papers import data

AT = datetime(2026, 11, 16, 9, 12, 40, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
DUE = AT.replace(day=26, hour=17, minute=0, second=0)

CENTRE = data.Issuer(
    parent="Ủy ban nhân dân phường Tây Nha Trang",
    name="Trung tâm Phục vụ hành chính công",
    code="H32.118",
    place="Tây Nha Trang",
    phone="0258 3822 222",
)
COMMITTEE = data.Issuer(
    name="Ủy ban nhân dân phường Tây Nha Trang",
    code="H32.118",
    place="Tây Nha Trang",
)
LAND = data.DossierHead(
    code="H32.18-20261116-0000147",
    procedure_code="1.013992",
    procedure_name=(
        "Đăng ký biến động chuyển mục đích sử dụng đất không phải xin phép cơ quan nhà nước có"
        " thẩm quyền"
    ),
    owner_name="NGUYỄN THỊ LÀNH",
    owner_id="056161000103",
    address="Tổ 5, phường Tây Nha Trang, tỉnh Khánh Hòa",
    phone="0905 222 318",
    email="lanh.nguyen@example.vn",
    submitter_name="Nguyễn Văn Phúc",
    mandate="theo văn bản về việc đại diện",
)
OFFICER = data.Signature(heading="Người tiếp nhận hồ sơ", name="Lê Quang Vinh", signed_at=AT)
HEAD = data.Signature(
    on_behalf="KT. Chủ tịch", heading="Phó Chủ tịch", name="Trần Thị Mỹ Hạnh", signed_at=AT
)

RECEIPT = data.ReceiptData(
    issuer=CENTRE,
    dossier=LAND,
    number="0000147/TNHS",
    papers=(
        data.PaperLine(
            name="Đơn đăng ký biến động đất đai, tài sản gắn liền với đất (Mẫu số 18)", originals=1
        ),
        data.PaperLine(name="Giấy chứng nhận đã cấp", note="lấy từ kho dữ liệu điện tử"),
        data.PaperLine(
            name="Văn bản về việc đại diện theo quy định của pháp luật về dân sự", certified=1
        ),
    ),
    received_at=AT,
    due_at=DUE,
    due_proof=(
        "bắt đầu 17/11; tính các ngày 17, 18, 19, 20, 23, 25, 26/11; bỏ 21 và 22/11 (thứ Bảy,"
        " Chủ nhật), 24/11 (nghỉ Ngày Văn hóa Việt Nam)."
    ),
    limit_text="07 ngày làm việc",
    return_place="Quầy trả kết quả, Trung tâm Phục vụ hành chính công phường Tây Nha Trang",
    fees=(data.FeeLine(name="Lệ phí đăng ký", amount_vnd=28_000),),
    book_number="11/2026",
    book_row="147",
    receiver=OFFICER,
)

SUPPLEMENT = data.SupplementData(
    issuer=CENTRE,
    dossier=LAND,
    number="0000031/HDHS",
    items=(
        data.RequiredItem(
            name="Đơn đăng ký biến động đất đai (Mẫu số 18)",
            reason="Mục 3 chưa ghi diện tích xin chuyển mục đích sử dụng",
            law="151/2025/NĐ-CP Phụ lục I",
        ),
        data.RequiredItem(
            name="Văn bản về việc đại diện",
            reason="Bản nộp là bản chụp chưa chứng thực; cần bản chính hoặc bản sao có chứng thực",
        ),
    ),
    answer_by=AT.replace(day=1, month=12, hour=17, minute=0),
    contact_name="ông Lê Quang Vinh",
    contact_phone="0258 3822 223",
    officer=data.Signature(heading="Người hướng dẫn", name="Lê Quang Vinh", signed_at=AT),
)
REFUSAL = data.RefusalData(
    issuer=CENTRE,
    dossier=LAND,
    number="0000004/TCHS",
    stage="settlement",
    reasons=(
        data.Reason(
            text=(
                "Thửa đất số 142, tờ bản đồ số 18 nằm trong khu vực đã có thông báo thu hồi đất"
                " nên chưa đủ điều kiện chuyển mục đích sử dụng."
            ),
            law="Luật Đất đai 31/2024/QH15 Điều 122",
        ),
        data.Reason(
            text="Diện tích đề nghị chuyển (120 m²) vượt diện tích còn lại của thửa đất (96 m²)."
        ),
    ),
    guidance="làm lại đơn với phần diện tích không nằm trong khu vực thu hồi rồi nộp hồ sơ mới.",
    officer=data.Signature(heading="Người thông báo", name="Lê Quang Vinh", signed_at=AT),
)
EXTENSION = data.ExtensionData(
    issuer=COMMITTEE,
    dossier=LAND,
    number="12/PXL-UBND",
    received_at=AT,
    due_at=DUE,
    new_due_at=DUE + timedelta(days=7),
    reason=(
        "hồ sơ cần xác minh thực địa, ngày 20 và 23 tháng 11 mưa lớn ngập đường nên tổ đo đạc chưa"
        " đo được ranh giới thửa đất."
    ),
    lead_agency="Phòng Kinh tế, Hạ tầng và Đô thị",
    signer=HEAD,
)
STOP = data.StopData(
    issuer=COMMITTEE,
    dossier=LAND,
    number="45/TB-UBND",
    cause="withdrawn",
    reason="chủ hồ sơ không còn nhu cầu chuyển mục đích sử dụng đất.",
    received_at=AT,
    requested_by="bà NGUYỄN THỊ LÀNH",
    requested_at=AT + timedelta(days=2),
    stage="Thẩm định",
    finance="hoàn lại lệ phí 28.000 ₫ qua tài khoản đã nộp trong 05 ngày làm việc.",
    papers_returned="01 bản chính đơn đăng ký, 01 bản chứng thực văn bản đại diện.",
    signer=HEAD,
)
CONTROL = data.ControlSlipData(
    issuer=CENTRE,
    dossier=LAND,
    competent_agency="Ủy ban nhân dân phường Tây Nha Trang",
    partner_agencies=("Chi nhánh Văn phòng đăng ký đất đai Nha Trang", "Thuế cơ sở 1"),
    received_at=AT,
    due_at=DUE,
    rows=(
        data.ControlRow(
            agency="Trung tâm Phục vụ hành chính công",
            at=AT,
            giver="Nguyễn Văn Phúc",
            receiver="Lê Quang Vinh",
            due_at=AT.replace(hour=15),
            outcome="early",
        ),
        data.ControlRow(
            agency="Phòng Kinh tế, Hạ tầng và Đô thị",
            at=AT.replace(hour=10, minute=5),
            giver="Lê Quang Vinh",
            receiver="Phạm Đức Thịnh",
            due_at=DUE - timedelta(days=3),
            outcome="on_time",
            note="Xác minh thực địa 20/11",
        ),
        data.ControlRow(
            agency="Chi nhánh Văn phòng đăng ký đất đai Nha Trang",
            at=AT + timedelta(days=4),
            giver="Phạm Đức Thịnh",
            receiver="",
            due_at=AT + timedelta(days=7),
            outcome="late",
            note="Chậm 3 giờ làm việc; đã đôn đốc",
        ),
        data.ControlRow(agency="Văn thư UBND phường", at=DUE - timedelta(hours=3)),
    ),
)
REGISTER = data.RegisterData(
    issuer=CENTRE,
    first_day=date(2026, 11, 1),
    last_day=date(2026, 11, 30),
    volume="11/2026",
    rows=tuple(
        data.RegisterRow(
            code=f"H32.18-20261116-{1 + index:07}",
            procedure_name="Đăng ký thường trú" if index % 3 else LAND.procedure_name,
            owner_name="Nguyễn Thị Lành" if index % 2 else "Công ty TNHH Yến sào Hòn Nội",
            contact="Tổ 5, phường Tây Nha Trang; 0905 222 318",
            agency="UBND phường Tây Nha Trang",
            received_at=AT + timedelta(minutes=7 * index),
            due_at=DUE,
            returned_at=DUE - timedelta(hours=index) if index % 4 else None,
            return_method="Trực tiếp" if index % 2 else "Bưu chính công ích",
            note="" if index % 5 else "Đã gia hạn một lần",
        )
        for index in range(60)
    ),
    counts=(
        data.RegisterCount(label="Tiếp nhận trong kỳ", value=60),
        data.RegisterCount(label="Đã trả kết quả trước và đúng hạn", value=45),
        data.RegisterCount(label="Đang giải quyết", value=15),
    ),
    keeper=data.Signature(heading="Người lập sổ", name="Lê Quang Vinh", signed_at=AT),
)
HANDOVER = data.HandoverData(
    issuer=CENTRE,
    number="0000052/PBG",
    from_agency="Trung tâm Phục vụ hành chính công phường Tây Nha Trang",
    to_agency="Phòng Kinh tế, Hạ tầng và Đô thị",
    handed_at=AT.replace(hour=15, minute=20),
    rows=(
        data.HandoverRow(
            code=LAND.code,
            procedure_name=LAND.procedure_name,
            owner_name=LAND.owner_name,
            originals=2,
            copies=1,
            due_at=DUE,
        ),
        data.HandoverRow(
            code="H32.18-20261116-0000148",
            procedure_name="Cấp giấy phép xây dựng mới nhà ở riêng lẻ",
            owner_name="Trần Quốc Toản",
            originals=3,
            copies=2,
            due_at=DUE,
            note="kèm 01 đĩa bản vẽ",
        ),
    ),
    giver=data.Signature(heading="Bên giao", name="Lê Quang Vinh"),
    receiver=data.Signature(heading="Bên nhận", name="Phạm Đức Thịnh"),
)
CHECKLIST = data.ChecklistData(
    issuer=CENTRE,
    procedure_code="1.004222",
    procedure_name="Đăng ký thường trú",
    case_name="Công dân về ở cùng vợ, chồng, cha, mẹ, con tại nhà của người đó",
    plain=(
        "Dùng khi Ông/Bà chuyển đến ở ổn định tại nhà của người thân và được chủ hộ, chủ nhà đồng"
        " ý. Làm xong, nơi thường trú mới được cập nhật vào Cơ sở dữ liệu về cư trú."
    ),
    items=(
        data.ChecklistItem(
            name="Tờ khai thay đổi thông tin cư trú",
            originals=1,
            form="Mẫu CT01",
            note="Chủ hộ và chủ nhà ghi ý kiến đồng ý, ký tên.",
        ),
        data.ChecklistItem(
            name="Giấy tờ chứng minh quan hệ nhân thân",
            copies=1,
            held_by="Cơ sở dữ liệu quốc gia về dân cư",
        ),
        data.ChecklistItem(name="Giấy tờ chứng minh chỗ ở hợp pháp", copies=1, required=False),
    ),
    channels=(
        data.ChannelLine(
            name="Tại quầy", limit_text="07 ngày làm việc", fee_text="20.000 ₫ mỗi lần đăng ký"
        ),
        data.ChannelLine(
            name="Trực tuyến", limit_text="07 ngày làm việc", fee_text="10.000 ₫ mỗi lần đăng ký"
        ),
    ),
    places=("Trung tâm Phục vụ hành chính công của bất kỳ xã, phường nào trong tỉnh",),
    results=("Thông báo kết quả giải quyết, hủy bỏ đăng ký cư trú (CT08)",),
    legal=("Luật Cư trú 68/2020/QH14", "154/2024/NĐ-CP"),
    page_url="dichvucong.khanhhoa.gov.vn/thu-tuc/1.004222",
)
RESULT = data.ResultData(
    issuer=COMMITTEE,
    dossier=LAND,
    number="318/QĐ-UBND",
    title="Quyết định",
    authority="Chủ tịch Ủy ban nhân dân phường Tây Nha Trang",
    subject="Về việc cho phép chuyển mục đích sử dụng đất",
    bases=(
        "Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;",
        "Căn cứ Luật Đất đai ngày 18 tháng 01 năm 2024;",
        "Theo đề nghị của Trưởng phòng Kinh tế, Hạ tầng và Đô thị.",
    ),
    articles=(
        (
            "Cho phép bà NGUYỄN THỊ LÀNH chuyển mục đích sử dụng 96 m² đất trồng cây lâu năm tại"
            " thửa đất số 142, tờ bản đồ số 18, phường Tây Nha Trang sang đất ở tại đô thị."
        ),
        (
            "Phòng Kinh tế, Hạ tầng và Đô thị, Chi nhánh Văn phòng đăng ký đất đai Nha Trang và bà"
            " NGUYỄN THỊ LÀNH chịu trách nhiệm thi hành Quyết định này."
        ),
        "Quyết định này có hiệu lực kể từ ngày ký.",
    ),
    recipients=("Như Điều 2", "Bộ phận Một cửa (để trả kết quả)", "Lưu: VT, KTHTĐT"),
    signer=data.Signature(
        on_behalf="KT. Chủ tịch",
        heading="Phó Chủ tịch",
        name="Trần Thị Mỹ Hạnh",
        signed_at=AT,
    ),
)

VERIFICATION = data.VerificationData(
    issuer=data.Issuer(
        name="Hệ thống thông tin giải quyết thủ tục hành chính", code="", place="Khánh Hòa"
    ),
    headline="Chữ ký số hợp lệ, nội dung nguyên vẹn",
    advice="Có thể dùng giấy này như bản chính. Hãy giữ nguyên tệp, đừng in ra quét lại.",
    file_name="318-QD-UBND.pdf",
    sha256="9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    verified_at=AT,
    notes=("Đây đúng là tệp “Quyết định 318/QĐ-UBND” do UBND phường Tây Nha Trang phát hành.",),
    signatures=(
        data.VerifiedSignature(
            kind="Chữ ký số cá nhân",
            signer="Trần Thị Mỹ Hạnh, Phó Chủ tịch, UBND phường Tây Nha Trang",
            verdict="Hợp lệ",
            findings=(
                data.FindingLine(title="Nội dung", text="Từ khi ký đến nay không ai sửa gì."),
                data.FindingLine(title="Thu hồi", text="Lúc ký, chứng thư chưa bị thu hồi."),
            ),
            technical="PAdES B-LT · SHA256, RSA 2048 · số chứng thư 1A2B",
        ),
    ),
)

ALL: dict[str, data.Paper] = {
    "01": RECEIPT,
    "02": SUPPLEMENT,
    "03": REFUSAL,
    "04": EXTENSION,
    "05": STOP,
    "06": CONTROL,
    "07": REGISTER,
    "handover": HANDOVER,
    "checklist": CHECKLIST,
    "result": RESULT,
    "verification": VERIFICATION,
}
