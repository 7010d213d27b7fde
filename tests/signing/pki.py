"""A test PKI on loopback: root, intermediate, people, agencies, timestamps, OCSP and CRL.

It dies with the test session. Names and keys are made up; every certificate says THỬ NGHIỆM.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from certomancer.integrations.animator import Animator, AnimatorArchStore
from certomancer.registry import ArchLabel, CertLabel, CertomancerConfig
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from werkzeug.serving import WSGIRequestHandler, make_server

ARCH = "thu-nghiem"
PIN = "246810"
_ALWAYS = {"valid-from": "2024-01-01T00:00:00+0000", "valid-to": "2044-01-01T00:00:00+0000"}
_PAST = {"valid-from": "2024-01-01T00:00:00+0000", "valid-to": "2025-01-01T00:00:00+0000"}
# label: subject. The people are those of tests/factories/world.py.
PEOPLE: dict[str, dict[str, str]] = {
    "head": {
        "common-name": "Nguyễn Hữu Lộc",
        "title": "Phó Chủ tịch",
        "organization-name": "UBND phường Tây Nha Trang",
    },
    "chairman": {
        "common-name": "Võ Văn Bình",
        "title": "Chủ tịch",
        "organization-name": "UBND phường Tây Nha Trang",
    },
    "receptionist": {
        "common-name": "Lê Quang Vinh",
        "title": "Cán bộ tiếp nhận",
        "organization-name": "TT PVHCC phường Tây Nha Trang",
    },
    "committee": {
        "common-name": "UBND phường Tây Nha Trang",
        "organization-name": "UBND phường Tây Nha Trang",
    },
    "centre": {
        "common-name": "TT PVHCC phường Tây Nha Trang",
        "organization-name": "TT PVHCC phường Tây Nha Trang",
    },
    "revoked": {"common-name": "Người có chứng thư bị thu hồi"},
    "expired": {"common-name": "Người có chứng thư hết hạn"},
    "elliptic": {"common-name": "Người dùng khóa ECDSA"},
    "stranger": {"common-name": "Người ngoài"},
}
_AUTHORITIES = {
    "root": "CA gốc",
    "intermediate": "CA trung gian",
    "ocsp": "Trả lời OCSP",
    "tsa": "Dấu thời gian",
    "other-root": "CA lạ",
}


@dataclass(frozen=True)
class Pki:
    """The running PKI: where its services are, and what it issued."""

    folder: Path
    url: str
    arch: Any

    @property
    def tsa_url(self) -> str:
        """Address of the RFC 3161 timestamp authority."""
        return f"{self.url}/{ARCH}/tsa/tsa"

    def certificate(self, label: str) -> x509.Certificate:
        """Return a certificate that was issued: "head", "committee", "root", …"""
        return x509.load_der_x509_certificate(self.arch.get_cert(CertLabel(label)).dump())

    def key(self, label: str) -> Any:
        """Return the private key of a certificate."""
        pem = (self.folder / f"{label}.key.pem").read_bytes()
        return serialization.load_pem_private_key(pem, None)

    def pem(self, *labels: str) -> str:
        """Return certificates as PEM, one after another."""
        encoding = serialization.Encoding.PEM
        return "".join(self.certificate(one).public_bytes(encoding).decode() for one in labels)

    def pkcs12(self, label: str, *, pin: str = PIN) -> bytes:
        """Return key, certificate and its chain (without the root) as PKCS#12."""
        chain = [] if label == "stranger" else [self.certificate("intermediate")]
        return pkcs12.serialize_key_and_certificates(
            label.encode(),
            self.key(label),
            self.certificate(label),
            chain,
            serialization.BestAvailableEncryption(pin.encode()),
        )

    @cached_property
    def trust_folder(self) -> Path:
        """Folder with the one trusted root, as MOTCUA_TRUST wants it."""
        folder = self.folder / "trust"
        folder.mkdir()
        (folder / "root.pem").write_text(self.pem("root"))
        return folder


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        """Say nothing."""


@contextmanager
def running(folder: Path) -> Iterator[Pki]:
    """Run the PKI until the block ends; its files lie in `folder`."""
    _make_keys(folder)
    late: dict[str, Any] = {}
    server = make_server(
        "127.0.0.1",
        0,
        lambda environ, start: late["app"](environ, start),  # noqa: PLW0108 (bound later)
        threaded=True,
        request_handler=_Silent,
    )
    url = f"http://127.0.0.1:{server.server_port}"
    config = CertomancerConfig(_config(url), key_search_dir=str(folder), external_url_prefix=url)
    arch = config.get_pki_arch(ArchLabel(ARCH))
    late["app"] = Animator(AnimatorArchStore({ArchLabel(ARCH): arch}), with_web_ui=False)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield Pki(folder=folder, url=url, arch=arch)
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def _make_keys(folder: Path) -> None:
    for label in (*_AUTHORITIES, *PEOPLE):
        key = (
            ec.generate_private_key(ec.SECP256R1())
            if label == "elliptic"
            else rsa.generate_private_key(65537, 2048)
        )
        (folder / f"{label}.key.pem").write_bytes(
            key.private_bytes(
                serialization.Encoding.PEM,
                serialization.PrivateFormat.PKCS8,
                serialization.NoEncryption(),
            )
        )


def _config(url: str) -> dict[str, Any]:
    labels = (*_AUTHORITIES, *PEOPLE)
    names = {
        label: {
            "country-name": "VN",
            "common-name": f"{name} THỬ NGHIỆM",
            "organization-name": "THỬ NGHIỆM",
        }
        for label, name in _AUTHORITIES.items()
    }
    names |= {
        label: {"country-name": "VN", "organizational-unit-name": "THỬ NGHIỆM", **subject}
        for label, subject in PEOPLE.items()
    }
    return {
        "external-url-prefix": url,
        "keysets": {
            "keys": {"keys": {label: {"path": f"{label}.key.pem"} for label in labels}},
        },
        "pki-architectures": {
            ARCH: {
                "keyset": "keys",
                "entities": names,
                "certs": _certificates(),
                "services": _services(),
            }
        },
    }


def _certificates() -> dict[str, Any]:
    certs: dict[str, Any] = {
        "root": _authority("root", "root"),
        "other-root": _authority("other-root", "other-root"),
        "intermediate": _authority("intermediate", "root", [_crl("root")]),
        "ocsp": _leaf(
            "ocsp", usage="digital_signature", purpose="ocsp_signing", extra=[_no_check()]
        ),
        "tsa": _leaf(
            "tsa", usage="digital_signature", purpose="time_stamping", extra=[_crl("intermediate")]
        ),
    }
    for label in PEOPLE:
        certs[label] = _leaf(label, usage="non_repudiation", extra=[_crl("intermediate"), _ocsp()])
    certs["revoked"]["revocation"] = {
        "revoked-since": "2026-01-01T00:00:00+0000",
        "reason": "key_compromise",
    }
    certs["expired"]["validity"] = _PAST
    certs["stranger"] = _leaf("stranger", usage="non_repudiation", issuer="other-root")
    return certs


def _authority(label: str, issuer: str, extra: list[Any] | None = None) -> dict[str, Any]:
    return {
        "subject": label,
        "issuer": issuer,
        "validity": _ALWAYS,
        "extensions": [
            {"id": "basic_constraints", "critical": True, "value": {"ca": True}},
            _usage("digital_signature", "key_cert_sign", "crl_sign"),
            *(extra or []),
        ],
    }


def _leaf(
    label: str,
    *,
    usage: str,
    purpose: str = "",
    issuer: str = "intermediate",
    extra: list[Any] | None = None,
) -> dict[str, Any]:
    extensions = [_usage(usage), *(extra or [])]
    if purpose:
        extensions.append({"id": "extended_key_usage", "critical": True, "value": [purpose]})
    return {"subject": label, "issuer": issuer, "validity": _ALWAYS, "extensions": extensions}


def _usage(*usages: str) -> dict[str, Any]:
    return {
        "id": "key_usage",
        "critical": True,
        "smart-value": {"schema": "key-usage", "params": list(usages)},
    }


def _crl(repo: str) -> dict[str, Any]:
    params = {"crl-repo-names": [repo]}
    return {
        "id": "crl_distribution_points",
        "smart-value": {"schema": "crl-dist-url", "params": params},
    }


def _ocsp() -> dict[str, Any]:
    params = {"ocsp-responder-names": ["intermediate"]}
    return {
        "id": "authority_information_access",
        "smart-value": {"schema": "aia-urls", "params": params},
    }


def _no_check() -> dict[str, Any]:
    return {"id": "ocsp_no_check"}


def _services() -> dict[str, Any]:
    return {
        "crl-repo": {
            name: {
                "for-issuer": name,
                "signing-key": name,
                "simulated-update-schedule": "P30D",
            }
            for name in ("root", "intermediate")
        },
        "ocsp": {
            "intermediate": {
                "for-issuer": "intermediate",
                "responder-cert": "ocsp",
                "signing-key": "ocsp",
            }
        },
        "time-stamping": {"tsa": {"signing-key": "tsa", "signing-cert": "tsa"}},
    }
