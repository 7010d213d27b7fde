"""The door: who comes in, who does not, and what the ledger says about it."""

import pyotp
import pytest
from django.urls import reverse

from motcua.directory import identity
from motcua.directory.queries import signing_in as door
from motcua.ledger.queries import facts_of

PASSWORD = "gió biển Nha Trang"


def sign_in(client, password=PASSWORD, *, follow=False, next="", address="127.0.0.1"):
    return client.post(
        reverse("accounts:login"),
        {"username": "An.TiepNhan", "password": password, "next": next},
        follow=follow,
        REMOTE_ADDR=address,
    )


def test_the_right_password_opens_the_door(client, officer):
    response = sign_in(client)

    assert response.status_code == 302
    assert response["Location"] == "/desk/"
    assert [fact.kind for fact in facts_of(door.door_of(officer))] == ["directory.signed_in"]


def test_a_wrong_password_is_refused_and_recorded(client, officer):
    response = sign_in(client, "sai")

    assert response.status_code == 422
    assert "chưa đúng" in response.content.decode()
    assert [fact.kind for fact in facts_of(door.door_of(officer))] == ["directory.sign_in_failed"]


def test_the_session_gets_a_new_key_at_the_door(client, officer):
    client.get(reverse("accounts:login"))
    client.session["x"] = 1
    before = client.session.session_key
    sign_in(client)

    assert client.session.session_key != before


def test_five_wrong_tries_shut_the_door_even_for_the_right_password(client, officer):
    for _try in range(5):
        sign_in(client, "sai")

    response = sign_in(client)

    assert response.status_code == 422
    assert "quá nhiều lần" in response.content.decode()


def test_wrong_tries_from_elsewhere_do_not_shut_out_the_owner(client, officer):
    for _try in range(5):
        sign_in(client, "sai", address="127.0.0.9")

    assert sign_in(client).status_code == 302


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "javascript:1"])
def test_nobody_is_led_elsewhere_after_signing_in(client, officer, target):
    assert sign_in(client, next=target)["Location"] == "/desk/"


def test_a_wanted_page_is_opened_after_signing_in(client, officer):
    assert sign_in(client, next="/bao-mat/")["Location"] == "/bao-mat/"


def test_the_second_step_is_asked_where_it_is_set_up(client, officer):
    secret = pyotp.random_base32()
    officer.totp_cipher = identity.seal(secret)
    officer.save()

    response = sign_in(client)
    assert response["Location"].startswith(reverse("accounts:code"))
    assert client.get(reverse("accounts:security")).status_code == 302

    shown = pyotp.TOTP(secret).now()
    response = client.post(reverse("accounts:code"), {"code": shown})
    assert response["Location"] == "/desk/"
    assert client.get(reverse("accounts:security")).status_code == 200


def test_a_code_opens_the_door_once(client, officer):
    secret = pyotp.random_base32()
    officer.totp_cipher = identity.seal(secret)
    officer.save()
    shown = pyotp.TOTP(secret).now()
    sign_in(client)
    client.post(reverse("accounts:code"), {"code": shown})
    client.post(reverse("accounts:logout"))

    sign_in(client)
    response = client.post(reverse("accounts:code"), {"code": shown})

    assert response.status_code == 422


def test_an_officer_without_second_step_sets_it_up_where_it_is_required(client, officer, settings):
    settings.MOTCUA_TOTP = "required"

    response = sign_in(client)
    assert response["Location"].startswith(reverse("accounts:enrolment"))
    page = client.get(reverse("accounts:enrolment")).content.decode()
    secret = client.session["totp_secret"]
    assert secret in page
    response = client.post(reverse("accounts:enrolment"), {"code": pyotp.TOTP(secret).now()})

    assert response["Location"] == "/desk/"
    officer.refresh_from_db()
    assert identity.unseal(bytes(officer.totp_cipher)) == secret


def test_a_session_left_alone_ends(client, officer):
    sign_in(client)
    client.get(reverse("accounts:security"))
    session = client.session
    session["seen"] -= 3 * 3600
    session.save()

    assert client.get(reverse("accounts:security")).status_code == 302


def test_changing_the_password_ends_the_other_sessions(client, officer):
    from django.test import Client

    other = Client()
    sign_in(other)
    sign_in(client)
    changed = client.post(
        reverse("accounts:security"),
        {"old": PASSWORD, "new": "mưa chiều Cam Ranh", "again": "mưa chiều Cam Ranh"},
    )

    assert changed.status_code == 302
    assert client.get(reverse("accounts:security")).status_code == 200
    assert other.get(reverse("accounts:security")).status_code == 302


def test_signing_out_ends_the_session(client, officer):
    sign_in(client)
    client.post(reverse("accounts:logout"))

    assert client.get(reverse("accounts:security")).status_code == 302
    assert facts_of(door.door_of(officer))[-1].kind == "directory.signed_out"


def test_a_closed_account_is_out_at_once(client, officer):
    sign_in(client)
    officer.is_active = False
    officer.save()

    assert client.get(reverse("accounts:security")).status_code == 302


def test_reading_who_asks_costs_three_queries(client, officer, django_assert_max_num_queries):
    sign_in(client)
    client.get(reverse("accounts:security"))

    with django_assert_max_num_queries(6):
        client.get(reverse("accounts:security"))
