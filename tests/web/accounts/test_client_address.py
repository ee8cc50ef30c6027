"""The address that a request comes from, and its network."""

from __future__ import annotations

import pytest
from django.test import RequestFactory
from pytest_django import Settings

from signaux_faibles.web.accounts.client_address import client_address, network_of


@pytest.mark.parametrize(
    ("proxies", "header", "peer", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.2", "192.0.2.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1", "192.0.2.1"),
        (1, "", "192.0.2.1", "192.0.2.1"),
        (1, "unknown", "192.0.2.1", "192.0.2.1"),
        (1, "1.2.3.4:5555", "192.0.2.1", "1.2.3.4"),
        (1, "[2001:db8::5]:443", "192.0.2.1", "2001:db8::5"),
        (1, "[2001:db8::5]", "192.0.2.1", "2001:db8::5"),
        (1, "fe80::1%eth0", "192.0.2.1", "fe80::1"),
        (1, "::ffff:1.2.3.4", "192.0.2.1", "1.2.3.4"),
        (1, "1.2.3.4" * 1000, "192.0.2.1", "192.0.2.1"),
        (1, "<script>", "192.0.2.1", "192.0.2.1"),
        (0, "", "", "0.0.0.0"),  # noqa: S104 (a server on a socket file)
    ],
)
def test_an_address_that_a_client_wrote_is_not_believed(
    settings: Settings, proxies: int, header: str, peer: str, address: str
) -> None:
    settings.SF_TRUSTED_PROXIES = proxies
    request = RequestFactory(REMOTE_ADDR=peer).get("/", headers={"X-Forwarded-For": header})
    assert client_address(request) == address


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::", "2001:db8:1:2::"),
        ("2001:db8:1:3::1", "2001:db8:1:3::"),
    ],
)
def test_a_subscriber_has_one_ipv4_address_or_64_bits_of_ipv6(address: str, network: str) -> None:
    assert network_of(address) == network
