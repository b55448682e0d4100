"""A port that cannot be had, told as what it is."""

import errno

import pytest

from site_gen.machine import MachineError
from site_gen.problems import as_text
from site_gen.serve import listen as listening
from site_gen.serve.listen import ForeignHostError, listen, web_address


def raising(monkeypatch, error):
    def bind_sockets(_port, _host):
        raise error

    monkeypatch.setattr(listening, "bind_sockets", bind_sockets)


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (errno.EADDRINUSE, "port-busy"),
        (errno.EACCES, "port-denied"),
        (errno.EPERM, "port-denied"),
        (errno.EMFILE, "port-failed"),
    ],
)
def test_refusal_is_a_problem_of_the_machine(monkeypatch, number, code):
    """Faults 63 and 64."""
    raising(monkeypatch, OSError(number, "x"))
    with pytest.raises(MachineError) as caught:
        listen("127.0.0.1", 80)
    assert caught.value.problem.code == code
    assert "80" in as_text([caught.value.problem], "nl")


def test_address_of_another_computer_is_told_apart(monkeypatch):
    raising(monkeypatch, OSError(errno.EADDRNOTAVAIL, "x"))
    with pytest.raises(ForeignHostError):
        listen("192.0.2.1", 80)


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", "http://127.0.0.1:8000/"),
        ("localhost", "http://localhost:8000/"),
        ("0.0.0.0", "http://127.0.0.1:8000/"),  # noqa: S104 - nothing listens here
        ("::", "http://[::1]:8000/"),
        ("::1", "http://[::1]:8000/"),
    ],
)
def test_address_is_one_that_a_browser_here_finds(host, address):
    class Listening:
        def getsockname(self):
            return (host, 8000)

    assert web_address(host, [Listening()]) == address
