"""Vietnamese first: English only for who chose it here."""

import pytest
from django.conf import settings
from django.test import Client


@pytest.mark.django_db
def test_a_browser_set_to_english_still_reads_vietnamese(client: Client) -> None:
    answer = client.get("/tra-cuu/", headers={"accept-language": "en-US,en;q=0.9"})
    assert answer.headers["Content-Language"] == "vi"


@pytest.mark.django_db
def test_who_chose_english_reads_english(client: Client) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert client.get("/tra-cuu/").headers["Content-Language"] == "en"
