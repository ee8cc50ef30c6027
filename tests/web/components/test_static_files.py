"""What a page weighs: files are named by their content, kept for ever by browsers, and travel compressed."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.templatetags.static import static
from django.test import Client

from harness.agents import CODEFI, CRP
from harness.tiny_home import ATELIERS

FIRST_VISIT, LATER_VISIT = 400_000, 60_000
"""Bytes of a page with what it loads; then of the page alone, its files being kept."""
GZIP = {"Accept-Encoding": "gzip"}
LOADED = re.compile(r'(?:href|src)="(/static/[^"]+)"')
PAGES = {
    "home": "/",
    "company": f"/entreprises/{ATELIERS.siren}",
    "establishment": f"/etablissements/{ATELIERS.siren}00010",
    "list": "/listes",
    "search": "/recherche?q=limoges",
    "follow-ups": "/accompagnements",
}


def fetched(client: Client, address: str) -> bytes:
    """The bytes that travel."""
    answer = client.get(address, headers=GZIP)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    assert answer.status_code == 200, address
    return bytes(body)


@pytest.mark.parametrize("address", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_light(signed_in: Callable[[str], Client], address: str) -> None:
    client = signed_in(CODEFI)
    page = fetched(client, address)
    assert len(page) <= LATER_VISIT
    files = set(LOADED.findall(gzip.decompress(page).decode()))
    assert len(files) > 5
    assert len(page) + sum(len(fetched(client, file)) for file in files) <= FIRST_VISIT


@pytest.mark.django_db
def test_a_file_is_named_by_its_content_and_kept_for_ever(client: Client) -> None:
    address = static("sf/application.css")
    assert re.fullmatch(r"/static/sf/application\.[0-9a-f]{12}\.css", address)
    answer = client.get(address)
    assert b"".join(answer.streaming_content).decode() == Path(str(finders.find("sf/application.css"))).read_text()
    answer.close()
    assert answer.headers["Cache-Control"] == "max-age=315360000, public, immutable"


@pytest.mark.django_db
def test_a_file_is_compressed_for_whoever_accepts_it(client: Client) -> None:
    address = static("dsfr/dsfr/dsfr.main.min.css")
    plain, compressed = client.get(address), client.get(address, headers=GZIP)
    assert compressed.headers["Content-Encoding"] == "gzip"
    assert "Content-Encoding" not in plain.headers
    assert {answer.headers["Vary"] for answer in (plain, compressed)} == {"Accept-Encoding"}
    assert gzip.decompress(b"".join(compressed.streaming_content)) == b"".join(plain.streaming_content)
    for answer in (plain, compressed):
        answer.close()


@pytest.mark.django_db
def test_another_digest_names_no_file(client: Client) -> None:
    address = static("sf/application.css")
    assert client.get(re.sub(r"\.[0-9a-f]{12}\.", ".0123456789ab.", address)).status_code != 200


def test_a_file_that_does_not_exist_has_no_digest() -> None:
    assert static("sf/absent.css") == "/static/sf/absent.css"


def test_a_workbook_is_not_compressed_again(signed_in: Callable[[str], Client]) -> None:
    answer = signed_in(CRP).get("/listes/1/export.xlsx", headers=GZIP)
    assert answer.status_code == 200
    assert "Content-Encoding" not in answer.headers
    answer.close()


def test_two_answers_of_one_page_need_not_have_one_length(signed_in: Callable[[str], Client]) -> None:
    """The length of a compressed page must not give away what it holds beside what was typed."""
    client = signed_in(CRP)
    assert len({len(fetched(client, "/recherche?q=limoges")) for _ in range(12)}) > 1
