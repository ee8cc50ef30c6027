"""The retained filing of each exercice, as pages read it."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, HEALTHY, MASKED, TOO_SMALL
from signaux_faibles.snapshot.served.accounts import Amount, ServedRatio, exercices, places, why_no_accounts
from signaux_faibles.snapshot.shelf import Snapshot


def test_the_last_exercices_come_first_and_only_the_retained_filings(snapshot: Snapshot) -> None:
    closings = [one.closing for one in exercices(snapshot, ATELIERS.siren, 2)]
    assert closings == [date(2025, 12, 31), date(2024, 12, 31)]
    assert [one.kind for one in exercices(snapshot, ATELIERS.siren, 9)] == ["C", "C", "C"]


def test_what_was_filed_is_beside_what_compares(snapshot: Snapshot) -> None:
    last, before, _ = exercices(snapshot, ATELIERS.siren, 3)
    assert last.amounts["chiffre_affaires"] == Amount(Decimal(4_812_340), Decimal(4_812_340), False)
    assert before.amounts["chiffre_affaires"] == Amount(Decimal(5_093), Decimal(5_093_000), False)
    assert (last.amounts["chiffre_affaires"].changed, before.amounts["chiffre_affaires"].changed) == (False, True)


def test_a_withheld_profit_and_loss_account_is_confidential_and_its_balance_sheet_is_not(snapshot: Snapshot) -> None:
    (filed,) = exercices(snapshot, CEVENOL.siren, 3)
    assert filed.amounts["chiffre_affaires"] == Amount(None, None, True)
    assert filed.amounts["total_bilan"] == Amount(None, None, False)
    assert filed.ratios["marge_ebe"] == ServedRatio(filed.closing, None, True)
    assert filed.ratios["credit_clients_jours"].withheld
    assert filed.ratios["autonomie_financiere"] == ServedRatio(filed.closing, 31.9, False)
    assert filed.ratios["ratio_de_liquidite"] == ServedRatio(filed.closing, None, False)


def test_a_filing_without_a_liasse_withholds_all_of_it_or_was_not_typed(snapshot: Snapshot) -> None:
    secret, untyped, typed = exercices(snapshot, MASKED.siren, 3)
    assert [(one.typed, one.withheld, one.motif) for one in (secret, untyped)] == [
        (False, True, "00"),
        (False, False, "03"),
    ]
    assert set(secret.amounts.values()) == {Amount(None, None, True)}
    assert set(secret.ratios.values()) == {ServedRatio(secret.closing, None, True)}
    assert set(untyped.amounts.values()) == {Amount(None, None, False)}
    assert (typed.typed, typed.amounts["total_bilan"].filed) == (True, Decimal(152_000))
    assert why_no_accounts(snapshot, MASKED.siren) == "comptes confidentiels : aucun ratio"


def test_a_capped_amount_is_shown_as_filed_and_is_not_known(snapshot: Snapshot) -> None:
    (filed,) = exercices(snapshot, HEALTHY.siren, 3)
    assert filed.amounts["chiffre_affaires"] == Amount(Decimal(2**31 - 1), None, False)
    assert filed.anomalies == ("montant plafonné à 2 147 483 647",)


def test_flags_and_controls_are_reported_one_by_one(snapshot: Snapshot) -> None:
    oldest = exercices(snapshot, ATELIERS.siren, 3)[-1]
    assert oldest.anomalies == ("totaux incohérents", "exercice qui n'est pas de 12 mois")
    assert oldest.broken == ("actif = passif",)
    assert (oldest.filed_on_assumed, oldest.months, oldest.headcount) == (True, 15, None)


def test_the_last_exercice_alone_has_its_places(snapshot: Snapshot) -> None:
    last, before, _ = exercices(snapshot, ATELIERS.siren, 3)
    found = places(snapshot, ATELIERS.siren, last.closing)
    assert {ratio: place.percentile for ratio, place in found.items()} == {
        "autonomie_financiere": 33.8,
        "credit_clients_jours": 90.0,
        "capacite_de_remboursement": None,
    }
    assert places(snapshot, ATELIERS.siren, before.closing) == {}


def test_why_there_are_no_accounts(snapshot: Snapshot) -> None:
    assert why_no_accounts(snapshot, ELEONORE.siren) == "aucun dépôt reçu"
    assert why_no_accounts(snapshot, ATELIERS.siren) is None
    assert why_no_accounts(snapshot, TOO_SMALL.siren) is None
