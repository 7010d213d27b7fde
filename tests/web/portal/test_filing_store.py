"""Filing online with papers of one's own store: one button, no upload."""

from datetime import date

from django.test import Client
from tests.factories.world import World
from tests.web.portal.test_filing import HERE, walk, with_form
from tests.web.portal.test_store import keep
from tests.web.visit import send, visit, words

from motcua.documents.models import PaperUse, StoredPaper
from motcua.dossiers.models import Dossier, Paper

__all__ = ["with_form"]
LEASE = {"kind": "contract", "name": "Hợp đồng thuê nhà", "scope": "Đăng ký thường trú"}


def test_a_paper_of_ones_own_store_is_attached_with_one_button(
    with_form: World, citizen: Client
) -> None:
    paper = keep(with_form, **LEASE)
    page = walk(citizen, upto="giay-to")
    button = page.xpath("//button[@name='kho']")[0]
    assert "Dùng “Hợp đồng thuê nhà” trong kho của tôi" in words(button)

    page = send(citizen, f"{HERE}giay-to/", {"kho": button.get("value")})

    assert "lấy từ kho của bạn" in words(page)
    review = send(citizen, f"{HERE}giay-to/", {"tiep": "1"})
    assert "Hợp đồng thuê nhà (lấy từ kho của bạn)" in words(review)
    send(citizen, f"{HERE}xem-lai/", {"is_true": "on"})
    row = Dossier.objects.get()
    lease = Paper.objects.get(dossier=row, component_key="lease")
    assert lease.state == "from_store"
    assert PaperUse.objects.get(paper=paper).case_code == row.code


def test_ones_own_upload_counts_as_an_upload(with_form: World, citizen: Client) -> None:
    paper = keep(with_form, **LEASE, level=0, source="upload")
    walk(citizen, upto="giay-to")
    send(citizen, f"{HERE}giay-to/", {"kho": f"lease {paper.uuid}"})

    send(citizen, f"{HERE}giay-to/", {"tiep": "1"})
    send(citizen, f"{HERE}xem-lai/", {"is_true": "on"})

    lease = Paper.objects.get(component_key="lease")
    assert (lease.state, len(lease.files)) == ("present", 1)
    assert PaperUse.objects.get().replaces is False


def test_what_was_chosen_is_left_out_again(with_form: World, citizen: Client) -> None:
    paper = keep(with_form, **LEASE)
    walk(citizen, upto="giay-to")
    send(citizen, f"{HERE}giay-to/", {"kho": f"lease {paper.uuid}"})

    page = send(citizen, f"{HERE}giay-to/", {"kho-bo": "lease"})

    assert page.xpath("//button[@name='kho']")


def test_what_ran_out_meanwhile_is_not_sent(with_form: World, citizen: Client) -> None:
    paper = keep(with_form, **LEASE)
    walk(citizen, upto="giay-to")
    send(citizen, f"{HERE}giay-to/", {"kho": f"lease {paper.uuid}"})
    StoredPaper.objects.filter(pk=paper.pk).update(valid_until=date(2025, 1, 1))

    page = send(citizen, f"{HERE}giay-to/", {"tiep": "1"}, status=422)

    assert "Chưa có tệp nào" in words(page)


def test_somebody_elses_paper_is_never_offered(with_form: World, citizen: Client) -> None:
    paper = keep(with_form, **LEASE, owner_id=with_form.parties["neighbour"].pk)
    walk(citizen, upto="giay-to")
    send(citizen, f"{HERE}giay-to/", {"kho": f"lease {paper.uuid}"})

    page = visit(citizen, f"{HERE}giay-to/")

    assert not page.xpath("//button[@name='kho']")
    assert "lấy từ kho của bạn" not in words(page)
