"""A small OpenID Connect provider, over HTTP with a real RSA key, that answers as ProConnect does or as a test wants.

It checks what a provider checks: the client and its secret, the code used once, the address of return, the PKCE proof.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

CLIENT, SECRET = "signaux-faibles", "un secret de client"
Claims = dict[str, Any]


def drawn_key() -> RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """What the provider says, which a test may change before each sign-in.

    Attributes:
        identity: claims of the person; acr, amr: how they proved who they are.
        change_id_token, change_identity: change the claims before they are signed.
        sign: how a token is made from its claims; media_type: that of the identity.
        asked: what was asked at the last sign-in; calls: the addresses that were called.
    """

    issuer: str
    key: RSAPrivateKey = field(default_factory=drawn_key)
    identity: Claims = field(default_factory=lambda: {"sub": "p-1", "email": "CRP@demo.example"})
    acr: str = "eidas1-mfa"
    amr: list[str] | None = None
    change_id_token: Callable[[Claims], Claims] = dict
    change_identity: Callable[[Claims], Claims] = dict
    sign_identity: Callable[[Provider, Claims], bytes] | None = None
    sign_id_token: Callable[[Provider, Claims], bytes] | None = None
    media_type: str = "application/jwt"
    broken: set[str] = field(default_factory=set)
    asked: dict[str, str] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def signed(self, claims: Claims, key: RSAPrivateKey | None = None) -> bytes:
        """A token of the claims, by default with our key."""
        return jwt.encode(claims, key or self.key, algorithm="RS256", headers={"kid": "1"}).encode()

    def authorize(self, query: dict[str, str]) -> str:
        """The address of return, with a code, once the person has proved who they are."""
        self.asked = query
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({'code': code, 'state': query['state']})}"

    def token(self, form: dict[str, str]) -> tuple[int, Claims]:
        """The tokens of a code, to the client that asked for it."""
        asked = self.codes.pop(form.get("code", ""), {})
        proof = base64.urlsafe_b64encode(hashlib.sha256(form.get("code_verifier", "").encode()).digest())
        proved = asked.get("code_challenge") == proof.decode().rstrip("=") and asked["code_challenge_method"] == "S256"
        known = (form.get("client_id"), form.get("client_secret")) == (CLIENT, SECRET)
        if not (known and proved and asked["redirect_uri"] == form.get("redirect_uri")):
            return 400, {"error": "invalid_grant"}
        now = int(time.time())
        claims = {
            **{"iss": self.issuer, "aud": CLIENT, "sub": self.identity["sub"], "nonce": asked["nonce"]},
            **{"iat": now, "exp": now + 60, "acr": self.acr, "amr": self.amr},
        }
        sign = self.sign_id_token or Provider.signed
        id_token = sign(self, self.change_id_token(claims)).decode()
        return 200, {"access_token": "jeton", "token_type": "Bearer", "id_token": id_token}

    def userinfo(self) -> bytes:
        """The identity, signed as ProConnect signs it."""
        claims = self.change_identity({"iss": self.issuer, "aud": CLIENT, **self.identity})
        return (self.sign_identity or Provider.signed)(self, claims)

    def jwks(self) -> Claims:
        """The public key."""
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {"keys": [{**public, "kid": "1", "alg": "RS256", "use": "sig"}]}


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that answers on this machine."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked = urlsplit(self.path)
            name = asked.path.rsplit("/", 1)[1]
            if name in served.broken:
                self._answer(500, b"{}")
            elif name == "authorize":
                query = {key: values[0] for key, values in parse_qs(asked.query).items()}
                self._answer(302, b"", Location=served.authorize(query))
            elif name == "jwks":
                self._answer(200, json.dumps(served.jwks()).encode())
            elif name == "userinfo" and self.headers["Authorization"] == "Bearer jeton":
                self._answer(200, served.userinfo(), **{"Content-Type": served.media_type})
            else:
                self._answer(401, b"{}")

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status, answer = served.token({key: values[0] for key, values in parse_qs(body).items()})
            self._answer(500 if "token" in served.broken else status, json.dumps(answer).encode())

        def _answer(self, status: int, body: bytes, **headers: str) -> None:
            self.send_response(status)
            for name, value in ({"Content-Type": "application/json"} | headers).items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served = Provider(f"http://127.0.0.1:{server.server_port}/api/v2")
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield served
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
