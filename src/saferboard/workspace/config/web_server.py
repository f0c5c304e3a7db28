"""gunicorn's settings: read by `gunicorn --config python:saferboard.workspace.config.web_server`.

It listens on the socket that `serve` has bound and hands on, and ends when `serve` is gone: the
other end of the pipe LIFELINE is then closed.
"""

from __future__ import annotations

import os
import signal
import threading
from typing import Any

from saferboard.workspace.config.logs import logging_settings

LISTENING = "SAFERBOARD_LISTENING"
LIFELINE = "SAFERBOARD_LIFELINE"
PROCESSES = "SAFERBOARD_PROCESSES"

bind = [f"fd://{number}" for number in os.environ.get(LISTENING, "").split(",") if number]
workers = int(os.environ.get(PROCESSES, "2"))
worker_class = "gthread"
threads = 4
timeout = 60
graceful_timeout = 3
keepalive = 5
limit_request_line = 4094
limit_request_fields = 100
control_socket_disable = True
accesslog = None
logconfig_dict = logging_settings()
# a container's disk may be slow, and gunicorn touches this file all the time
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: PTH112  # a setting


def when_ready(server: Any) -> None:
    """Watches whether `serve` is still there."""
    if number := os.environ.get(LIFELINE):
        end_with(int(number))


def end_with(lifeline: int) -> None:
    """Asks this process to end, as SIGTERM does, when the other end of the pipe closes."""

    def watch() -> None:
        os.read(lifeline, 1)
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
