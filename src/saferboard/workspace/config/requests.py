"""Each request has an id and one line in the log: its method, the pattern of its address, what was
answered and how long it took. No address, no query, nobody's name."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from uuid import uuid4

from django.http import HttpRequest, HttpResponseBase

from saferboard.workspace.config.logs import REQUEST

_log = logging.getLogger("saferboard.requests")
QUIET = ("health/live", "health/ready")
"""Asked every few seconds by whoever watches: they are not told of unless they fail."""


class RequestLog:
    """The outermost middleware."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        began = time.perf_counter()
        name = uuid4()
        request.request_id = name  # type: ignore[attr-defined]  # asking() puts it into the audit
        token = REQUEST.set(name)
        try:
            response = self.get_response(request)
            match = getattr(request, "resolver_match", None)
            route = match.route if match else "none"
            if response.status_code >= 500 or route not in QUIET:
                _log.info(
                    "A request was answered.",
                    extra={
                        "method": request.method,
                        "route": route,
                        "status": response.status_code,
                        "milliseconds": round((time.perf_counter() - began) * 1000),
                    },
                )
            return response
        finally:
            REQUEST.reset(token)
