"""Reading a snapshot: typed rows, one id for a request, a new publication without a restart."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from harness.tiny_home import ATELIERS, CEVENOL, CLOSED, ELEONORE, IN_PROCEDURE, MASKED, TOO_SMALL, TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.snapshot.served.company import (
    cards_of,
    company_of,
    has_establishment,
    headcounts_of,
)
from signaux_faibles.snapshot.served.debts import debts_of
from signaux_faibles.snapshot.served.perimeter import perimeter_answers
from signaux_faibles.snapshot.served.place import CompanyOrSite
from signaux_faibles.snapshot.served.procedures import procedures_of, standing_of
from signaux_faibles.snapshot.shelf import NoSnapshot, Shelf, Snapshot


def test_the_identity_of_a_company(snapshot: Snapshot) -> None:
    company = company_of(snapshot, CEVENOL.siren)
    assert company is not None
    assert (company.name, company.departement_label) == ("TRANSPORTS CÉVENOL", "Gard")
    assert company.address == "1 RUE DES FORGES\n30000 NIMES"
    assert company.active_departments == {"30", "87"}


def test_an_unknown_siren_is_none(snapshot: Snapshot) -> None:
    assert company_of(snapshot, "000000000") is None


def test_a_closed_establishment_ties_to_no_department(snapshot: Snapshot) -> None:
    company = company_of(snapshot, CLOSED.siren)
    assert company is not None
    assert company.active_departments == frozenset()


def test_a_non_diffusible_company_has_no_name_and_a_town_for_address(snapshot: Snapshot) -> None:
    company = company_of(snapshot, MASKED.siren)
    assert company is not None
    assert (company.name, company.address) == (None, "LIMOGES")
    assert snapshot.registered(snapshot.search(MASKED.siren).ranks)[0].name is None


def test_cards_come_in_the_order_asked_without_the_unknown(snapshot: Snapshot) -> None:
    (eleonore,), (ateliers,) = snapshot.search("eleonore").ranks, snapshot.search("ateliers").ranks
    cards = cards_of(snapshot, [eleonore, 10**6, ateliers])
    assert [card.registered.siren for card in cards] == [ELEONORE.siren, ATELIERS.siren]
    assert (cards[1].headcount, cards[1].followed, cards[1].standing) == (48, True, None)


def test_a_card_says_what_the_sheet_says(snapshot: Snapshot) -> None:
    for one in (ATELIERS, CEVENOL, CLOSED, MASKED, TOO_SMALL):
        card = cards_of(snapshot, snapshot.search(one.siren).ranks)[0].registered
        company = company_of(snapshot, one.siren)
        assert company is not None
        assert (card.name, card.active, card.active_departments) == (
            company.name,
            company.active,
            company.active_departments,
        )
        assert (card.departement, card.departement_label) == (company.departement, company.departement_label)
        assert card.activity == company.activities[0].label


def test_debts_are_exact_and_absent_before_the_first_debit(snapshot: Snapshot) -> None:
    debts = debts_of(snapshot, CompanyOrSite(ATELIERS.siren), date(2024, 11, 1), date(2026, 10, 1))
    assert debts[0].month == date(2025, 3, 1)
    assert (debts[-1].part_ouvriere, debts[-1].part_patronale) == (Decimal("13085.00"), Decimal("39255.00"))


def test_procedures_perimeter_and_headcount(snapshot: Snapshot) -> None:
    labels = [event.label for event in procedures_of(snapshot, IN_PROCEDURE.siren)]
    assert labels == ["Redressement judiciaire", "Sauvegarde", "Sauvegarde", "Redressement judiciaire"]
    standing = standing_of(snapshot, IN_PROCEDURE.siren)
    assert standing is not None
    assert (standing.procedure, standing.outcome_is_unknown) == ("Redressement judiciaire", False)
    assert standing_of(snapshot, ATELIERS.siren) is None
    assert [answer.kept for answer in perimeter_answers(snapshot, TOO_SMALL.siren)] == [False]
    assert list(headcounts_of(snapshot, ATELIERS.siren).values())[:2] == [48, 48]
    assert snapshot.manifest.latest("debit") == date(2026, 10, 20)


def test_a_siret_is_known_or_not(snapshot: Snapshot) -> None:
    assert has_establishment(snapshot, CEVENOL.siren + "00020")
    assert not has_establishment(snapshot, CEVENOL.siren + "00099")


def test_a_reader_can_neither_write_nor_read_other_files(snapshot: Snapshot, tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    with pytest.raises(duckdb.PermissionException):
        snapshot.rows("SELECT * FROM read_csv(?)", [str(tmp_path / "secret.csv")])
    with pytest.raises(duckdb.InvalidInputException):
        snapshot.rows("DELETE FROM perimeter")


def test_a_new_publication_is_read_without_a_restart(tmp_path: Path) -> None:
    home, shelf = TinyHome(tmp_path), Shelf(Home(tmp_path))
    home.publish("2610-a")
    with shelf.pinned() as before:
        home.publish("2611-a", renamed={ATELIERS.siren: "ATELIERS RENOMMÉS"})
        with shelf.pinned() as after:
            assert _name(after) == "ATELIERS RENOMMÉS"
        assert _name(before) == "ATELIERS DU LIMOUSIN", "a request keeps the snapshot that it began with"


def test_a_fragment_reads_the_snapshot_of_its_page(tmp_path: Path) -> None:
    home, shelf = TinyHome(tmp_path), Shelf(Home(tmp_path))
    home.publish("2610-a")
    home.publish("2611-a", renamed={ATELIERS.siren: "ATELIERS RENOMMÉS"})
    with shelf.pinned("2610-a") as pinned:
        assert _name(pinned) == "ATELIERS DU LIMOUSIN"


@pytest.mark.parametrize("wanted", ["2609-pruned", "../2610-a", "", "."])
def test_a_snapshot_that_is_gone_gives_way_to_the_published_one(tmp_path: Path, wanted: str) -> None:
    TinyHome(tmp_path).publish("2610-a")
    with Shelf(Home(tmp_path)).pinned(wanted) as pinned:
        assert pinned.manifest.id == "2610-a"


def test_an_empty_home_says_that_nothing_is_published(tmp_path: Path) -> None:
    with pytest.raises(NoSnapshot, match="Aucun instantané n'est publié"), Shelf(Home(tmp_path)).pinned():
        pass


def _name(snapshot: Snapshot) -> str | None:
    company = company_of(snapshot, ATELIERS.siren)
    return company.name if company else None
