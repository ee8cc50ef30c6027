"""What a page says."""

from __future__ import annotations

from django.test import Client


def text(client: Client, address: str, status: int = 200) -> str:
    """The HTML of a page, whose status must be the one expected."""
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()
