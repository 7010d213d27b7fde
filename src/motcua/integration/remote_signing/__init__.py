"""A key at a remote signing service (HSM, SIM PKI): the hash goes out, the signature comes in.

The port, small enough to stand before any provider's own interface:

    POST …/keys/{key}/session  {"pin": "…"}
        200 {"session": "…"}
    POST …/sign                {"session": "…", "algorithm": "sha256", "hash": "<base64>"}
        200 {"signature": "<base64>"}
    POST …/session/close       {"session": "…"}
        204

where … is MOTCUA_REMOTE_SIGNING.

A wrong PIN is 401, a locked key 423, an unknown key 404; everything else means that the service is
not there. RSA signatures are PKCS#1 v1.5, ECDSA signatures DER. The PIN goes to the service over
TLS and is kept nowhere; only loopback may be spoken to without TLS.
"""

from motcua.integration.remote_signing.client import RemoteKey, open_remote

__all__ = ["RemoteKey", "open_remote"]
