"""Accounts taken over: who each person is, and nothing that they may read."""

from __future__ import annotations

from pathlib import Path

import pytest

from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.agent import Segment
from signaux_faibles.web.takeover.people import open_people, plan_people
from signaux_faibles.web.territory import department_labels, departments_of

pytestmark = pytest.mark.django_db
HEADER = "email,first_name,last_name,segment_name,geo_access,entity,description,discarded_at"
BREIZH = departments_of("Bretagne")


def opened(folder: Path, *rows: str, header: str = HEADER) -> tuple[list[Account], list[str]]:
    path = folder / "users.csv"
    path.write_text("\n".join((header, *rows)) + "\n", encoding="utf-8")
    plan = plan_people(path)
    return open_people(plan, demo=True), [one.why for one in plan.left_aside]


@pytest.mark.parametrize(
    ("row", "administration", "segment", "zone"),
    [
        ("a@x.fr,Élodie,Le Goff,crp,Bretagne,DREETS Bretagne,CRP Bretagne,", "DREETS", Segment.CRP, BREIZH),
        ("a@x.fr,A,B,mire,35,DREETS,,", "DREETS", Segment.CRP, {"35"}),
        ("a@x.fr,A,B,dgfip,75,DDFIP de Paris,SP CODEFI de Paris,", "DGFIP", Segment.SP_CODEFI, {"75"}),
        ("a@x.fr,A,B,dgfip,2A,DRFiP,,", "DGFIP", Segment.DGFIP, {"2A"}),
        ("a@x.fr,A,B,CENTRALE-DGE,France entière,DGE,,", "DGE", Segment.CRP_SUPPORT, set(department_labels())),
        ("a@x.fr,A,B,dreets_reseaucrp,Finistère,DREETS,,", "DREETS", Segment.CRP_SUPPORT, {"29"}),
        ("a@x.fr,A,B,darp,87,DDETSPP de la Haute-Vienne,,", "DDETS", Segment.DARP, {"87"}),
        ("a@x.fr,A,B,bdf,87,Banque de France,,", "BDF", Segment.BDF, {"87"}),
    ],
)
def test_a_person_has_an_administration_a_segment_and_a_zone(
    tmp_path: Path, row: str, administration: str, segment: Segment, zone: set[str]
) -> None:
    (account,), aside = opened(tmp_path, row)
    assert aside == []
    assert (account.administration, account.segment) == (administration, segment.name)
    assert set(account.zone.values_list("departement", flat=True)) == zone
    assert not account.habilitations.exists()
    assert not account.has_usable_password()
    assert account.is_active


def test_an_archived_person_has_a_closed_account(tmp_path: Path) -> None:
    (account,), _ = opened(tmp_path, "a@x.fr,A,B,crp,35,DREETS,,2025-01-01 10:00:00")
    assert not account.is_active


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("a@x.fr,A,B,sf,75,SIGNAUX FAIBLES,,", "L'équipe du produit ne vient pas d'un fichier"),
        ("a@x.fr,A,B,inconnu,75,DREETS,,", "Segment « inconnu » inconnu."),
        ("a@x.fr,A,B,crp,Atlantide,DREETS,,", "Accès géographique « Atlantide » inconnu."),
        ("a@x.fr,A,B,crp,75,Mairie,,", "Entité « Mairie » inconnue."),
        ("pas une adresse,A,B,crp,75,DREETS,,", "n'est pas une adresse électronique"),
        ("a@x.fr,,,crp,75,DREETS,,", "Le nom est vide."),
    ],
)
def test_a_person_who_cannot_be_identified_is_left_aside(tmp_path: Path, row: str, why: str) -> None:
    accounts, aside = opened(tmp_path, row)
    assert accounts == []
    assert why in aside[0]
    assert not Account.objects.exists()


def test_an_account_that_exists_stays_as_it_is_and_a_second_import_creates_nothing(tmp_path: Path) -> None:
    row = "A@x.fr\u00a0,A,B,crp,35,DREETS,,"
    opened(tmp_path, row, row)
    again, aside = opened(tmp_path, row.replace("crp", "bdf"))
    assert (again, aside) == ([], [])
    assert Account.objects.get().segment == "CRP"


def test_the_habilitations_workbook_saved_as_csv_is_read_too(tmp_path: Path) -> None:
    header = "NIVEAU HABILITATION;ENTITES;ACCES GEOGRAPHIQUE;FONCTION;SEGMENT;PRENOM;NOM;ADRESSE MAIL"
    (account,), _ = opened(tmp_path, "A;DREETS;Bretagne;CRP;crp;Élodie;LE GOFF;a@x.fr", header=header)
    assert (account.name, account.fonction) == ("Élodie LE GOFF", "CRP")
