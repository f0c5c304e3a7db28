"""A provider of OpenID Connect, small and real: it serves its configuration, asks nobody anything,
signs identity tokens with a key of its own and checks what it is sent."""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

CLIENT, SECRET = "saferboard-test", "a secret of the test"
_KEY = rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """`claims` is what it says of whoever comes; `asked` the last authorisation request; with
    `down` it answers nothing but errors; `audience` other than the client makes a bad token."""

    address: str = ""
    claims: dict[str, Any] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    audience: str = CLIENT
    down: bool = False
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def configuration(self) -> dict[str, Any]:
        """What stands under /.well-known/openid-configuration."""
        return {
            "issuer": self.address,
            "authorization_endpoint": f"{self.address}/authorize",
            "token_endpoint": f"{self.address}/token",
            "userinfo_endpoint": f"{self.address}/userinfo",
            "jwks_uri": f"{self.address}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def answer_of(self, query: dict[str, str]) -> str:
        """Where the person's browser is sent back to, with a code that works once."""
        self.asked = query
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        back = urlencode({"code": code, "state": query["state"]})
        return f"{query['redirect_uri']}?{back}"

    def tokens(self, form: dict[str, str]) -> dict[str, Any] | None:
        """The tokens for a code; None where code, client, secret or verifier are not right."""
        query = self.codes.pop(form.get("code", ""), None)
        if query is None or (form.get("client_id"), form.get("client_secret")) != (CLIENT, SECRET):
            return None
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).decode().rstrip("=")
        if query.get("code_challenge") != challenge:
            return None
        now = int(time.time())
        said = {
            "iss": self.address, "aud": self.audience, "iat": now, "exp": now + 60,
            "jti": secrets.token_hex(8), **self.claims,
        }  # fmt: skip
        token = jwt.encode(said, _KEY, algorithm="RS256", headers={"kid": "one"})
        return {"access_token": "access", "token_type": "Bearer", "id_token": token}


@contextmanager
def running() -> Iterator[Provider]:
    """A provider on a port of its own for as long as the block runs."""
    known = Provider()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, format: str, *args: Any) -> None:
            return

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[0] for name, values in parse_qs(parts.query).items()}
            if known.down:
                self.send_error(503)
            elif parts.path == "/.well-known/openid-configuration":
                self._json(known.configuration())
            elif parts.path == "/keys":
                public = json.loads(RSAAlgorithm.to_jwk(_KEY.public_key()))
                self._json({"keys": [{**public, "kid": "one", "alg": "RS256"}]})
            elif parts.path == "/userinfo":
                self._json(known.claims)
            elif parts.path == "/authorize":
                self.send_response(302)
                self.send_header("Location", known.answer_of(query))
                self.end_headers()
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            made = known.tokens(form)
            self._json(made or {"error": "invalid_grant"}, 200 if made else 400)

        def _json(self, value: dict[str, Any], status: int = 200) -> None:
            data = json.dumps(value).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    known.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    yield known
    server.shutdown()
    server.server_close()
    thread.join()
