"""An S3-compatible store as the house's storage, from one address.

Only plain calls are used (put, get, head, list, delete): object lock, retention and versioning are
never asked for, because a store that does not know such a call may answer "OK" and empty the object
(OpenStack Swift does).
"""

import urllib.parse
from typing import Any

_MEMORY_BYTES = 1024 * 1024
_SECONDS = 20


def storage(address: str) -> dict[str, Any]:
    """Return the entry of STORAGES for https://KEY:SECRET@host[:port]/bucket?region=…&prefix=….

    Raises ValueError: the address names no host or no bucket.
    """
    parts = urllib.parse.urlsplit(address)
    bucket = parts.path.strip("/")
    if not parts.hostname or not bucket or "/" in bucket:
        raise ValueError("MOTCUA_S3 là https://KHÓA:BÍ_MẬT@máy/thùng?region=…")
    wished = dict(urllib.parse.parse_qsl(parts.query))
    port = f":{parts.port}" if parts.port else ""
    return {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "endpoint_url": f"{parts.scheme}://{parts.hostname}{port}",
            "access_key": urllib.parse.unquote(parts.username or "") or None,
            "secret_key": urllib.parse.unquote(parts.password or "") or None,
            "bucket_name": bucket,
            "location": wished.get("prefix", ""),
            "region_name": wished.get("region") or "us-east-1",
            "client_config": _client(wished.get("style", "path")),
            "default_acl": None,
            "file_overwrite": True,  # names are never used twice; asking first costs a round trip
            "max_memory_size": _MEMORY_BYTES,  # beyond it a file that is read stands on the disk
            "transfer_config": _transfer(),
        },
    }


def _transfer() -> Any:  # noqa: ANN401 (boto3 comes without types)
    from boto3.s3.transfer import TransferConfig  # type: ignore[import-untyped]

    return TransferConfig(use_threads=False)  # a worker is one thread of many already


def _client(style: str) -> Any:  # noqa: ANN401 (botocore comes without types)
    from botocore.config import Config  # type: ignore[import-untyped]

    return Config(
        signature_version="s3v4",
        s3={"addressing_style": style},
        # Stores other than Amazon's do not know the checksums that new clients add by themselves.
        request_checksum_calculation="when_required",
        response_checksum_validation="when_required",
        connect_timeout=5,
        read_timeout=_SECONDS,
        retries={"max_attempts": 3, "mode": "standard"},
    )
