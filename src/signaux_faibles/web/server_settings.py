"""Settings of gunicorn: how many pages at once, how long a client may take, what is logged.

A thread reads a request whole before it answers, so a client that is slow on purpose holds one. What stands here cuts
a client that goes silent; only a proxy that buffers requests stops one that sends a byte now and then, and production
requires one (docs/deployment.md).
"""

from __future__ import annotations

import logging
import os
import socket
import struct
import sys
from typing import Any

preload_app = True
"""The application is imported once, and its workers share that memory; nothing is opened before they are forked."""
worker_class = "gthread"
workers = 2
threads = 4
worker_connections = 500
backlog = 2048

SILENCE = 5
"""Seconds without a byte, from or to a client, after which its connection is closed."""
keepalive = 5
timeout = 60
graceful_timeout = 30

limit_request_line = 4094
limit_request_fields = 60
limit_request_field_size = 8190

max_requests = 10_000
max_requests_jitter = 1_000
"""A worker is replaced after so many requests, because its memory grows with the snapshots it has read."""

accesslog = "-"
access_log_format = (
    '%(t)s access address="%({x-forwarded-for}i)s" peer=%(h)s "%(m)s %(U)s" status=%(s)s bytes=%(B)s ms=%(M)s'
)
"""Without the query, which may hold the name that an agent searches."""


def when_ready(server: Any) -> None:
    """Limit what silent clients hold: each accepted connection inherits the options of its listening socket.

    The system keeps a connection that has sent nothing, so that it takes no thread; one that stops is then closed.
    """
    limit = struct.pack("ll", SILENCE, 0)
    for listener in server.LISTENERS:
        if hasattr(socket, "TCP_DEFER_ACCEPT"):  # Linux
            listener.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_DEFER_ACCEPT, SILENCE)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, limit)
        listener.sock.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, limit)


def worker_exit(_server: Any, _worker: Any) -> None:
    """End a worker that has done its work, without unloading the libraries that its parent loaded.

    DuckDB starts a thread when it is imported, which a fork does not copy: a worker that had opened a snapshot crashed,
    or hung for thirty seconds, when it waited for that thread at its end. One that fails still says so to gunicorn.
    """
    leaving = sys.exc_info()[1]
    if isinstance(leaving, SystemExit) and not leaving.code:
        logging.shutdown()
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)
