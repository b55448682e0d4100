"""Opening a port of this computer, and what to say where that cannot be done."""

from __future__ import annotations

import errno
import socket
from collections.abc import Sequence

from tornado.netutil import bind_sockets

from site_gen.machine import MachineError
from site_gen.place import Place
from site_gen.problems import Problem, problem

ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - where a browser finds who listens there


class ForeignHostError(Exception):
    """What was given is no address of this computer."""


def listen(host: str, port: int) -> Sequence[socket.socket]:
    """Open a port at ``host``; 0 takes a free one. From now on visitors wait, not yet answered.

    Raises :class:`ForeignHostError`, and :class:`site_gen.machine.MachineError` where the port
    cannot be had.
    """
    try:
        if not host.strip():  # to the library that is every address
            raise ForeignHostError
        return bind_sockets(port, host)
    except (socket.gaierror, UnicodeError):
        raise ForeignHostError from None
    except OSError as error:
        if error.errno == errno.EADDRNOTAVAIL:
            raise ForeignHostError from None
        raise MachineError(_refused(error, port)) from None


def web_address(host: str, sockets: Sequence[socket.socket]) -> str:
    """Return where a browser on this computer finds the site."""
    name, port = ANY.get(host, host), sockets[0].getsockname()[1]
    return f"http://[{name}]:{port}/" if ":" in name else f"http://{name}:{port}/"


def _refused(error: OSError, port: int) -> Problem:
    place = Place("--port")
    if error.errno == errno.EADDRINUSE:
        return problem(place, "port-busy", port=port)
    if error.errno in {errno.EACCES, errno.EPERM}:
        return problem(place, "port-denied", port=port)
    reason = errno.errorcode.get(error.errno or 0, type(error).__name__)
    return problem(place, "port-failed", port=port, reason=reason)
