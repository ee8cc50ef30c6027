"""The lineage page is the one that the declared steps give, and it knows every page and every subject."""

import ast
import re
from pathlib import Path

import pytest

from signaux_faibles.chain.plan.lineage import lineage_page, tables_after, types_behind
from signaux_faibles.cli.documentation import PAGES, tables_shown
from signaux_faibles.detection.features.dictionary import dictionary_page
from signaux_faibles.detection.features.variables import VARIABLES
from signaux_faibles.panel.peers import PEER_FEATURES
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.snapshot import served
from signaux_faibles.snapshot.served import accounts, company, debts, lists

ROOT = Path(__file__).parents[2]
WEB = ROOT / "src" / "signaux_faibles" / "web"


def test_the_committed_page_is_up_to_date():
    """When this fails, run `sf docs`."""
    shown = {page: tables_shown(*subjects) for page, subjects in PAGES.items()}
    assert (ROOT / "docs" / "lineage.md").read_text(encoding="utf-8") == lineage_page(shown)


def test_the_committed_dictionary_is_up_to_date_and_describes_every_column():
    """When this fails, run `sf docs`."""
    page = dictionary_page()
    assert (ROOT / "docs" / "variables.md").read_text(encoding="utf-8") == page
    assert [field.name for field in (*PANEL.fields, *PEER_FEATURES) if not field.doc] == ["siren"]
    assert all(f"`{variable.name}`" in page for variable in VARIABLES)


@pytest.mark.parametrize(
    ("table", "types"),
    [
        ("clean_debit", {"debit", "effectif_ent", "filter", "sirene", "sirene_ul"}),
        ("bodacc_verdicts", {"bodacc", "effectif_ent", "filter", "sirene", "sirene_ul"}),
        ("sector_ratios", set()),
    ],
)
def test_the_files_behind_a_table(table, types):
    assert types_behind(table) == types


def test_the_tables_after_a_table():
    assert tables_after("debt_versions") == ["clean_debit", "debt_by_month", "successions"]


def test_what_a_page_shows():
    assert "debt_by_month" in tables_shown(debts)
    assert {"accounts", "sector_positions", "accounts_coverage"} <= set(tables_shown(accounts))
    assert {"clean_sirene_ul", "clean_effectif_ent"} <= set(tables_shown(company))
    assert "panel" in tables_shown(lists)


def test_every_subject_of_the_snapshot_is_shown_by_a_page():
    subjects = {path.stem for path in Path(served.__file__).parent.glob("*.py")} - {"__init__"}
    assert subjects == {module.__name__.rsplit(".")[-1] for shown in PAGES.values() for module in shown}


def test_every_page_with_companies_is_there():
    addresses = re.findall(r'path\("(\w+)', (WEB / "urls.py").read_text(encoding="utf-8"))
    known = " ".join(PAGES)
    assert [one for one in addresses if f"/{one}" not in known] == ["connexion", "deconnexion"]


def test_the_pages_read_the_subjects_that_they_are_said_to_show():
    read = {
        alias.name if node.module == "signaux_faibles.snapshot.served" else (node.module or "").rsplit(".")[-1]
        for file in WEB.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("signaux_faibles.snapshot.served")
        for alias in node.names
    }
    assert read == {module.__name__.rsplit(".")[-1] for shown in PAGES.values() for module in shown}
