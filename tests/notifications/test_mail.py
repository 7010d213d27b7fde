"""E-mail against a real SMTP server on loopback."""

import socket
from collections.abc import Iterator
from email import message_from_bytes
from email.header import decode_header, make_header

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message as Receives

from motcua.notifications import ports


class Box(Receives):
    """Keeps what arrives."""

    def __init__(self) -> None:
        super().__init__()
        self.letters: list = []

    def handle_message(self, message) -> None:
        self.letters.append(message_from_bytes(message.as_bytes()))


@pytest.fixture
def server(settings) -> Iterator[Box]:
    box = Box()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(box, hostname="127.0.0.1", port=port)
    controller.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST = "127.0.0.1"
    settings.EMAIL_PORT = port
    yield box
    controller.stop()


def test_a_letter_arrives_with_its_marks(server: Box):
    ports.channels.get("email").send(
        to="dan@example.vn", subject="Hồ sơ đã được tiếp nhận", body="Hẹn trả trước 17:00."
    )

    (letter,) = server.letters
    assert str(make_header(decode_header(letter["Subject"]))) == "Hồ sơ đã được tiếp nhận"
    assert letter["To"] == "dan@example.vn"
    assert "Hẹn trả" in letter.get_payload(decode=True).decode()


def test_a_line_break_in_the_subject_does_not_become_a_header(server: Box):
    ports.channels.get("email").send(
        to="dan@example.vn", subject="Một\nBcc: ai@example.vn", body="."
    )

    assert server.letters[0]["Bcc"] is None


def test_a_dead_server_is_an_error_that_can_be_tried_again(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1

    with pytest.raises(ConnectionError):
        ports.channels.get("email").send(to="dan@example.vn", subject="x", body="y")
