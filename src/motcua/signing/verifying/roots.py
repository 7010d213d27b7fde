"""The root certificates that are believed: whatever lies in one folder."""

from functools import lru_cache
from pathlib import Path

from asn1crypto import pem, x509

_ENDINGS = {".pem", ".crt", ".cer", ".der"}
_TRIAL = "THỬ NGHIỆM"


def trusted(folder: str) -> tuple[x509.Certificate, ...]:
    """Return the certificates of the folder; none where it is not set or not there."""
    place = Path(folder)
    if not folder or not place.is_dir():
        return ()
    files = sorted(file for file in place.iterdir() if file.suffix.lower() in _ENDINGS)
    return _read(tuple((str(file), file.stat().st_mtime_ns) for file in files))


def is_trial(certificate: x509.Certificate) -> bool:
    """Tell whether the certificate says of itself that it is for trying out only."""
    return _TRIAL in certificate.subject.human_friendly.upper()


@lru_cache(maxsize=4)
def _read(files: tuple[tuple[str, int], ...]) -> tuple[x509.Certificate, ...]:
    found: list[x509.Certificate] = []
    for name, _changed in files:
        content = Path(name).read_bytes()
        try:
            if pem.detect(content):
                found += [
                    x509.Certificate.load(d) for _, _, d in pem.unarmor(content, multiple=True)
                ]
            else:
                found.append(x509.Certificate.load(content, strict=True))
        except ValueError:  # a stray file must not stop every verification
            continue
    return tuple(found)
