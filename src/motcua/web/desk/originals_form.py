"""What giving originals back asks for."""

from django.utils.translation import gettext_lazy as _

from motcua.web.desk.act_forms import ActForm
from motcua.web.desk.inputs import line


class OriginalsForm(ActForm):
    """Who takes the originals of a dossier that has ended without a result."""

    receiver = line(_("Người nhận lại bản chính"), most=120)
    proof = line(
        _("Bằng chứng đã trả"),
        required=False,
        hint=_("Ký nhận, số giấy tờ đã xem, hoặc mã bưu gửi"),
    )

    def prepare(self) -> None:
        self.fields["receiver"].initial = self.dossier.applicant.name
