"""The address that a request comes from, and the network whose failures are counted together."""

from __future__ import annotations

import ipaddress
import re

from django.conf import settings
from django.http import HttpRequest

UNKNOWN = "0.0.0.0"  # noqa: S104 (an address that nobody has, not one to listen on)
"""Of a request that comes through a socket file, without a proxy that says more."""
SUBSCRIBER = 64
"""Bits of the network of one IPv6 subscriber, who has 2**64 addresses to choose from."""
_LONGEST = 64
_WITH_PORT = re.compile(r"\[(?P<six>[^\]]+)\](?::\d+)?|(?P<four>\d+(?:\.\d+){3}):\d+")


def client_address(request: HttpRequest) -> str:
    """The address that the outermost of our proxies saw, never one that a client wrote.

    Where that proxy wrote no address (`unknown`), or there is none, it is that of the nearest machine.
    """
    hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
    proxies: int = settings.SF_TRUSTED_PROXIES
    seen = _address(hops[-proxies]) if 0 < proxies <= len(hops) else None
    return str(seen or _address(str(request.META.get("REMOTE_ADDR", ""))) or UNKNOWN)


def network_of(address: str) -> str:
    """The first address of the network that one subscriber has: an IPv4 address alone, an IPv6 /64."""
    ip = ipaddress.ip_address(address)
    if isinstance(ip, ipaddress.IPv4Address):
        return str(ip)
    return str(ipaddress.ip_network((int(ip), SUBSCRIBER), strict=False).network_address)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    """The address in a text, without its port or its interface; an IPv4 address written as IPv6 is that address."""
    ported = _WITH_PORT.fullmatch(text[:_LONGEST])
    try:
        ip = ipaddress.ip_address(ported["six"] or ported["four"] if ported else text[:_LONGEST])
    except ValueError:
        return None
    if isinstance(ip, ipaddress.IPv6Address):
        return ip.ipv4_mapped or ipaddress.IPv6Address(int(ip))
    return ip
