"""Votes and disputes: who may write them, what is refused, what the page then says."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, BRETONNE, HEALTHY
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.page import SECTIONS
from signaux_faibles.web.feedback.models import Dispute, DisputeAnswer, Vote
from signaux_faibles.web.feedback.reasons import UselessReason
from signaux_faibles.web.feedback.subjects import Subject

SignedIn = Callable[[str], Client]
CRP, URSSAF, OUTSIDE = "CRP de la zone", "Urssaf sans détection", "CRP d'une autre zone"
PAGE = f"/entreprises/{ATELIERS.siren}"


def read(client: Client, address: str = PAGE) -> str:
    return client.get(address).content.decode()


def vote(client: Client, **answer: Any) -> Any:
    return client.post(f"{PAGE}/avis", answer)


def test_a_vote_is_shown_and_can_be_changed_without_losing_the_first(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    assert vote(crp, opinion="utile").headers["Location"] == f"{PAGE}#detection"
    assert "détection utile." in read(crp)
    vote(crp, opinion="inutile", reasons=["SEASONAL", "KNOWN"], text="forte saison")
    assert "détection inutile (Activité saisonnière ; Difficulté déjà connue)" in read(crp)
    assert "« forte saison »" in read(crp)
    assert [(one.useful, one.list_number) for one in Vote.objects.order_by("pk")] == [(True, 2), (False, 2)]


def test_each_reason_is_offered(signed_in: SignedIn) -> None:
    page = read(signed_in(CRP))
    assert [reason.value for reason in UselessReason if reason.value not in page] == []


REFUSED: dict[str, tuple[dict[str, Any], str]] = {
    "of no use, without a reason": ({"opinion": "inutile"}, "Choisissez au moins une raison."),
    "a reason that does not exist": ({"opinion": "inutile", "reasons": ["X"]}, "n’est pas une raison."),
    "no opinion": ({}, "Dites si la détection vous est utile."),
    "another opinion": ({"opinion": "bof"}, "Avis inconnu."),
}


@pytest.mark.parametrize(("answer", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refused_vote_says_why_and_loses_nothing(signed_in: SignedIn, answer: dict[str, Any], sentence: str) -> None:
    refused = vote(signed_in(CRP), text="ce que j’ai tapé", **answer)
    assert (refused.status_code, sentence in refused.content.decode()) == (422, True)
    assert "ce que j’ai tapé" in refused.content.decode()
    assert not Vote.objects.exists()


def test_whoever_may_not_read_detection_votes_on_nothing(signed_in: SignedIn) -> None:
    for kind in (URSSAF, OUTSIDE):
        client = signed_in(kind)
        assert "Détection utile" not in read(client)
        assert vote(client, opinion="utile").status_code == 403
    assert not Vote.objects.exists()


def test_there_is_no_vote_on_a_company_without_alert(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    assert crp.post(f"/entreprises/{HEALTHY.siren}/avis", {"opinion": "utile"}).status_code == 302
    assert not Vote.objects.exists()


def dispute(client: Client, section: str, subject: str, text: str, siren: str = ATELIERS.siren) -> Any:
    return client.post(f"/entreprises/{siren}/signalements/{section}", {"subject": subject, "text": text})


def test_a_disputed_figure_is_contested_until_its_source_answers(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    assert "Contesté" not in read(crp)
    assert dispute(crp, "frise", "DETTES", "soldée en mai").headers["Location"] == f"{PAGE}#frise"
    page = read(crp)
    assert "Contesté" in page
    assert "réponse attendue (Urssaf)." in page
    assert "soldée en mai" not in page, "what an agent wrote is for the source"
    row = Dispute.objects.get()
    assert (row.subject, row.snapshot, row.siret) == ("DETTES", "2610-a", "")
    DisputeAnswer(dispute=row, by="Urssaf", text="corrigé").save()
    assert "Contesté" not in read(crp)


def test_a_dispute_that_is_sent_twice_is_written_once_until_it_is_answered(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    for _ in range(2):
        assert dispute(crp, "frise", "DETTES", "soldée en mai").status_code == 302
    DisputeAnswer(dispute=Dispute.objects.get(), by="Urssaf", text="corrigé").save()
    dispute(crp, "frise", "DETTES", "soldée en mai")
    dispute(crp, "frise", "DETTES", "et non en juin")
    dispute(signed_in(URSSAF), "frise", "DETTES", "et non en juin")
    assert Dispute.objects.count() == 4


def test_a_dispute_of_protected_data_is_shown_to_whom_may_read_them(signed_in: SignedIn) -> None:
    dispute(signed_in(CRP), "frise", "DETTES", "soldée")
    assert "Contesté" in read(signed_in(URSSAF))
    assert "Contesté" not in read(signed_in("détection sans Urssaf"))
    assert "Contesté" not in read(signed_in(OUTSIDE))


@pytest.mark.parametrize(
    ("kind", "section", "subject"),
    [(OUTSIDE, "frise", "DETTES"), (URSSAF, "frise", "ACTIVITE_PARTIELLE"), (CRP, "frise", "COMPTES")],
)
def test_nothing_is_disputed_that_the_section_does_not_show_to_the_agent(
    signed_in: SignedIn, kind: str, section: str, subject: str
) -> None:
    answer = dispute(signed_in(kind), section, subject, "faux")
    assert (answer.status_code, "ne vous est pas ouvert" in answer.content.decode()) == (422, True)
    assert not Dispute.objects.exists()


def test_a_dispute_without_text_is_refused_beside_its_field(signed_in: SignedIn) -> None:
    answer = dispute(signed_in(CRP), "comptes", "COMPTES", " ")
    assert (answer.status_code, "Dites ce qui est faux." in answer.content.decode()) == (422, True)


def test_an_establishment_has_its_own_disputes(signed_in: SignedIn) -> None:
    crp, siret = signed_in(CRP), f"{ATELIERS.siren}00010"
    address = f"/etablissements/{siret}"
    answer = crp.post(f"{address}/signalements/identite", {"subject": "IDENTITE", "text": "déménagé"})
    assert answer.headers["Location"] == f"{address}#identite"
    assert Dispute.objects.get().siret == siret
    assert "Contesté" in read(crp, address)
    assert crp.post(f"{address}/signalements/identite", {"subject": "IDENTITE"}).status_code == 422


@pytest.mark.parametrize("address", [f"{PAGE}/signalements/inconnue", "/entreprises/000000000/signalements/frise",
                                     "/etablissements/00000000000000/signalements/frise"])  # fmt: skip
def test_an_unknown_place_is_not_found(signed_in: SignedIn, address: str) -> None:
    assert signed_in(CRP).post(address, {"text": "x"}).status_code == 404


def test_every_subject_stands_in_a_section() -> None:
    assert {subject for some in SECTIONS.values() for subject in some} == set(Subject)
    assert {subject.value.family for subject in Subject} == set(Family) - {Family.BDF}


def test_out_of_zone_open_data_can_be_disputed(signed_in: SignedIn) -> None:
    assert dispute(signed_in(CRP), "comptes", "COMPTES", "faux", BRETONNE.siren).status_code == 302
