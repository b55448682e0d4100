"""The guard: by which names the preview may be asked."""

import pytest

from site_gen.serve.guard import guard, is_loopback

EVERYWHERE = "0.0.0.0"  # noqa: S104 - nothing listens here
OWN = frozenset({"laptop", "laptop.local"})


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "LOCALHOST:8000", "[::1]:8000", "[::1]"],
)
def test_loopback_is_admitted(host):
    assert guard("127.0.0.1", OWN).admits(host)


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "192.168.1.5:8000",
        "laptop:8000",
        "0.0.0.0:8000",
        "",
        ":8000",
        "localhost:",
        "localhost:8000:8000",
        "localhost:port",
        "localhost, evil.example",
        "user@localhost",
        "localhost/",
        "[::1",
        "::1",
        "[localhost]",
    ],
)
def test_stranger_is_not(host):
    """Fault 65."""
    assert not guard("127.0.0.1", OWN).admits(host)


@pytest.mark.parametrize(
    "host", ["192.168.1.5:8000", "[fe80::1]:8000", "laptop:8000", "laptop.local:8000", "localhost"]
)
def test_in_a_network_any_address_and_own_names_are_admitted(host):
    """Fault 66: an address cannot be forged by a name that points here."""
    assert guard(EVERYWHERE, OWN).admits(host)
    assert not guard(EVERYWHERE, OWN).admits("evil.example:8000")


def test_name_that_was_given_is_admitted():
    assert guard("Desk.Example.nl", OWN).admits("desk.example.nl:8000")


@pytest.mark.parametrize(
    ("host", "loopback"),
    [
        ("127.0.0.1", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("localhost", True),
        (EVERYWHERE, False),
        ("::", False),
        ("192.168.1.5", False),
        ("laptop", False),
        ("", False),
    ],
)
def test_loopback_is_told_from_a_network(host, loopback):
    assert is_loopback(host) is loopback
