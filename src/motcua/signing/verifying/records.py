"""Who signed, by our own records: the post and the agency that a person held when signing."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.timezone import localdate

from motcua.directory.models import Account, Post
from motcua.signing.models import KeyRef, Signature
from motcua.signing.verifying.report import Kind, Report, SignatureReport

_KINDS = {
    "personal": Kind.PERSONAL,
    "agency": Kind.AGENCY,
    "attachment": Kind.AGENCY,
    "copy": Kind.COPY,
}


@dataclass(frozen=True)
class Holder:
    """What the records say of a signature: in which roles, and for which agencies it was made."""

    roles: frozenset[str]
    agency_ids: frozenset[int]


def completed(report: Report) -> tuple[Report, Mapping[str, Holder]]:
    """Return the report with posts and agencies from our records, and the holder of each field.

    A signature made here is known by the digest of the file it made; one made elsewhere with a key
    that we know, by its certificate. Others keep what their certificate says.
    """
    made = _made(report)
    keys = _keys(report)
    done, holders = [], {}
    for one in report.signatures:
        row, key = made.get(one.integrity.signed_sha256), keys.get(one.signer.fingerprint)
        if one.kind is Kind.TIMESTAMP or one.fault or (row is None and key is None):
            done.append(one)
            continue
        told, holder = _by_signature(one, row) if row else _by_key(one, key)
        done.append(told)
        holders[one.field] = holder
    return replace(report, signatures=tuple(done)), holders


def _made(report: Report) -> dict[str, Signature]:
    digests = [one.integrity.signed_sha256 for one in report.signatures]
    wanted = [digest for digest in digests if digest]
    rows = Signature.objects.filter(sha256_after__in=wanted).select_related("agency")
    return {row.sha256_after: row for row in rows}


def _keys(report: Report) -> dict[str, KeyRef]:
    serials = [one.signer.serial for one in report.signatures if one.signer.serial]
    rows = KeyRef.objects.filter(serial__in=serials).select_related("account", "agency")
    return {_fingerprint(row): row for row in rows}


def _fingerprint(key: KeyRef) -> str:
    from cryptography import x509
    from cryptography.hazmat.primitives.hashes import SHA256

    return x509.load_pem_x509_certificate(key.certificate.encode()).fingerprint(SHA256()).hex()


def _by_signature(one: SignatureReport, row: Signature) -> tuple[SignatureReport, Holder]:
    agency = row.agency.name if row.agency else ""
    signer = replace(
        one.signer,
        is_recorded=True,
        recorded_name=row.signer if row.kind == "personal" or not agency else agency,
        recorded_post="" if row.kind != "personal" else row.post,
        recorded_agency="" if agency and agency in row.post else agency,
    )
    roles = frozenset({row.role} - {""})
    agencies = frozenset({row.agency_id} if row.agency_id is not None else ())
    return replace(one, signer=signer, kind=_KINDS[row.kind]), Holder(roles, agencies)


def _by_key(one: SignatureReport, key: KeyRef | None) -> tuple[SignatureReport, Holder]:
    if key is None:
        return one, Holder(frozenset(), frozenset())
    if key.agency is not None:
        signer = replace(one.signer, is_recorded=True, recorded_name=key.agency.name)
        kind = one.kind if one.kind is Kind.COPY else Kind.AGENCY
        return replace(one, signer=signer, kind=kind), Holder(
            frozenset(), frozenset({key.agency.pk})
        )
    posts = _posts(key.account, one.time.at or one.trust.checked_for)
    first = posts[0] if posts else None
    signer = replace(
        one.signer,
        is_recorded=True,
        recorded_name=key.account.name if key.account else "",
        recorded_post=(first.title or first.get_role_display()) if first else "",
        recorded_agency=first.agency.name if first else "",
    )
    holder = Holder(
        frozenset(post.role for post in posts), frozenset(post.agency_id for post in posts)
    )
    return replace(one, signer=signer, kind=Kind.PERSONAL), holder


def _posts(account: Account | None, at: datetime | None) -> list[Post]:
    """Return the posts held on the day of signing, whatever the person holds today."""
    if account is None or at is None:
        return []
    day = localdate(at)
    rows = Post.objects.filter(account=account, valid_from__lte=day).exclude(valid_to__lt=day)
    return list(rows.select_related("agency").order_by("pk"))
