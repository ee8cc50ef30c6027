"""What the sheet of a company says of its annual accounts and of the two sources of its procedures."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, HEALTHY, IN_PROCEDURE, MASKED, TOO_SMALL
from signaux_faibles.snapshot.served.accounts import AMOUNTS
from signaux_faibles.web.consultation.accounts.accounts_section import LABELS

Session = Callable[[str], Client]


def said(client: Client, siren: str) -> str:
    """The page as it is read, its definitions folded: no tag, one blank between words."""
    page = client.get(f"/entreprises/{siren}").content.decode()
    page = re.sub(r'<details class="sf-define"><summary>(.*?)</summary>.*?</details>', r"\1", page)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page).replace("\u202f", " ").replace("\u00a0", " "))


def test_every_amount_that_is_served_has_its_words():
    assert tuple(LABELS) == AMOUNTS


SENTENCES = {
    "amounts, and whose they are": (
        ATELIERS.siren,
        ["Chiffre d’affaires 4 812 340 €", "Résultat net −61 200 €", "comptes complets déposé le 10 juillet 2026"],
    ),
    "a corrected amount, the one that was filed, and why": (
        ATELIERS.siren,
        ["5 093 000 € déposé : 5 093 €", "31 décembre 2024, à lire avec prudence", "multipliés par 1 000."],
    ),
    "a control that is broken, and which": (
        ATELIERS.siren,
        ["totaux incohérents ;", "(contrôles en défaut : actif = passif)"],
    ),
    "an exercice of another length, filed on an unknown day": (
        ATELIERS.siren,
        [
            "31 décembre 2023 comptes complets, 15 mois ",
            "Sans date : le jour du dépôt n’est pas connu.",
            "quelle que soit sa durée",
        ],
    ),
    "ratios, unknown where a filing does not report": (
        ATELIERS.siren,
        ["se dégrade 23,4 % 26,0 % —", "tous chiffres d’affaires 71 jours — —"],
    ),
    "the place of the last exercice among whom it is compared with, or why it has none": (
        ATELIERS.siren,
        [
            "34e centile médiane 31,8 %, 148 entreprises : activité 25.62B, chiffre d’affaires de 2 à 10 millions "
            "d’euros moins bon que la médiane ; par rapport au secteur, se dégrade",
            "90e centile ou plus médiane 49 jours, 5 012 entreprises : toutes activités, tous chiffres d’affaires",
            "Capacité de remboursement aucune classe assez nombreuse 8,3 années — —",
        ],
    ),
    "no place is known: no column for it": (
        CEVENOL.siren,
        [
            "Ratio 31 décembre 2025 comptes complets déposé le 1er juillet 2026 Autonomie financière 31,9 % "
            "Comptes publics"
        ],
    ),
    "confidential, never zero nor empty": (
        CEVENOL.siren,
        [
            "Compte de résultat confidentiel : ratios du bilan seulement.",
            "Chiffre d’affaires confidentiel",
            "Capitaux propres 1 204 600 €",
            "Autonomie financière 31,9 %",
        ],
    ),
    "an amount at the cap is not known, and what was filed is shown": (
        HEALTHY.siren,
        ["— déposé : 2 147 483 647 €", "montant plafonné à 2 147 483 647", "comptes consolidés déposé le 30 juin 2026"],
    ),
    "confidential as a whole, or not typed: a right and a reason, never zero nor missing": (
        MASKED.siren,
        [
            "Exercice clos le 31 décembre 2025 : comptes déposés et confidentiels. L’entreprise a demandé qu’ils ne "
            "soient pas publiés : c’est son droit, et aucun montant n’en est connu.",
            "Exercice clos le 31 décembre 2024 : comptes déposés, non saisis par l’INPI (motif 03) : aucun montant "
            "n’en est connu.",
            "Chiffre d’affaires confidentiel — 410 000 €",
            "Total du bilan confidentiel — 152 000 €",
        ],
    ),
    "nothing filed": (ELEONORE.siren, ["Aucun dépôt reçu."]),
    "outside the perimeter": (TOO_SMALL.siren, ["Les comptes des entreprises hors périmètre ne sont pas suivis ici."]),
    "a procedure that goes on within another is not read as one that opens": (
        IN_PROCEDURE.siren,
        [
            "4 mai 2026 : Conversion en redressement judiciaire Sauvegarde, inclusion dans une autre procédure "
            "Cessation des paiements : 27 mars 2026 Greffe du Tribunal de Commerce de Limoges "
            "Mandataire judiciaire : SELARL Kermonsac Source : BODACC "
            "seul, déduit de l’autre procédure, jugement du 4 mai 2026, publié le 19 mai 2026 ( annonce "
            "A202601234567 )."
        ],
    ),
    "an event that both sources report": (
        IN_PROCEDURE.siren,
        [
            "4 mai 2026 : Redressement judiciaire Redressement, ouverture Cessation des paiements : 27 mars 2026 "
            "Greffe du Tribunal de Commerce de Limoges Mandataire judiciaire : SELARL Kermonsac "
            "Source : BODACC et Urssaf, jugement du "
            "4 mai 2026, publié le 19 mai 2026 ( annonce A202601234567 ) ; l’Urssaf le date du 6 mai 2026."
        ],
    ),
    "an event that one source reports and the other denies": (
        IN_PROCEDURE.siren,
        [
            "Source : Urssaf seule, effet le 7 avril 2026. Sources en désaccord : à un mois près, le BODACC dit "
            "« redressement, ouverture »."
        ],
    ),
    "a liquidation that is over: the company is not said to be in bonis": (
        CEVENOL.siren,
        ["Liquidation close", "1er février 2019 : Fin de la procédure Liquidation, fin de la procédure"],
    ),
    "an event of BODACC alone": (
        IN_PROCEDURE.siren,
        ["plan de cession Source : BODACC seul, jugement du 30 mars 2026, publié le 12 avril 2026"],
    ),
}


@pytest.mark.parametrize(("siren", "sentences"), SENTENCES.values(), ids=SENTENCES.keys())
def test_a_sheet_says(signed_in: Session, siren: str, sentences: list[str]) -> None:
    page = said(signed_in("CRP de la zone"), siren)
    assert [sentence for sentence in sentences if sentence not in page] == []


def test_the_end_of_a_liquidation_is_not_called_in_bonis(signed_in: Session) -> None:
    assert "bonis" not in said(signed_in("CRP de la zone"), CEVENOL.siren)


def test_a_filing_that_is_not_retained_is_not_shown(signed_in: Session) -> None:
    assert "999 999" not in said(signed_in("CRP de la zone"), ATELIERS.siren)


@pytest.mark.parametrize("kind", ["CRP d'une autre zone", "habilitations échues", "Urssaf sans détection"])
def test_public_accounts_and_procedures_are_open_to_every_agent(signed_in: Session, kind: str) -> None:
    assert "4 812 340 €" in said(signed_in(kind), ATELIERS.siren)
    assert "annonce A202601234567" in said(signed_in(kind), IN_PROCEDURE.siren)


def test_the_administrator_of_the_product_reads_none_of_them(signed_in: Session) -> None:
    assert "4 812 340" not in said(signed_in("administrateur du produit"), ATELIERS.siren)
