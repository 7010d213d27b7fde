"""The client of the timestamp authority: one line for a batch, faults in words."""

import asyncio
import socket

import pytest
from pyhanko.sign.timestamps.common_utils import TimestampRequestError, dummy_digest

from motcua.integration.timestamps import Stamper


def stamped(stamper: Stamper) -> object:
    """Ask for a timestamp of nothing in particular."""
    return asyncio.run(stamper.async_timestamp(dummy_digest("sha256"), "sha256"))


def test_a_timestamp_comes_and_the_line_is_opened_again_after_a_rest(pki):
    stamper = Stamper(pki.tsa_url)

    tokens = [stamped(stamper), stamped(stamper)]
    stamper.rest()
    tokens.append(stamped(stamper))
    stamper.rest()

    assert all(token["content_type"].native == "signed_data" for token in tokens)


@pytest.mark.parametrize("path", ["/khong-co", "/thu-nghiem/crls/root/latest.crl"])
def test_what_is_no_timestamp_is_refused(pki, path):
    stamper = Stamper(f"{pki.url}{path}")

    with pytest.raises(TimestampRequestError):
        stamped(stamper)
    stamper.rest()


def test_nobody_there_is_refused():
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        stamper = Stamper(f"http://127.0.0.1:{held.getsockname()[1]}/tsa")

        with pytest.raises(TimestampRequestError):
            stamped(stamper)
