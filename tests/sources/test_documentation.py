"""The pages of docs/sources say what the contracts say."""

from pathlib import Path

from signaux_faibles.sources.documentation import pages, write_pages
from signaux_faibles.sources.registry import CONTRACTS

COMMITTED = Path(__file__).parents[2] / "docs" / "sources"


def test_the_committed_pages_are_up_to_date():
    """When this fails, run `sf docs`."""
    committed = {path.name: path.read_text(encoding="utf-8") for path in COMMITTED.glob("*.md")}
    assert committed == pages()


def test_a_page_names_every_column_and_header():
    texts = pages()
    for name, contract in CONTRACTS.items():
        for column in contract.columns:
            assert f"`{column.name}`" in texts[f"{name}.md"]
            assert column.header is None or f"`{column.header}`" in texts[f"{name}.md"]


def test_a_derived_column_says_what_it_means():
    for contract in CONTRACTS.values():
        for column in contract.columns:
            assert column.header or column.doc, f"{contract.name}.{column.name}"


def test_only_what_changed_is_written(tmp_path):
    assert len(write_pages(tmp_path)) == len(CONTRACTS) + 1
    assert write_pages(tmp_path) == []
