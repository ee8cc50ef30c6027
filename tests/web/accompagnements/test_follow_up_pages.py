"""A follow-up from its opening to its closing, through the pages that agents use."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PRODUCT, SIRET, URSSAF
from harness.pages import text
from harness.replaying import replay
from harness.tiny_home import ATELIERS, BRETONNE
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import Approach, Comment, Contact, Event, FollowUp, Synthesis
from signaux_faibles.web.accompagnements.states import BoardColumn, Statut

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]


def at(follow_up: FollowUp, act: str = "") -> str:
    return f"/accompagnements/{follow_up.pk}" + (f"/{act}" if act else "")


def latest() -> FollowUp:
    return FollowUp.objects.latest("pk")


def test_an_agent_opens_edits_and_closes_a_follow_up(browser: Browser) -> None:
    codefi = browser(CODEFI)
    assert "Ouvrir un accompagnement" in text(codefi, f"/etablissements/{SIRET}")
    form = text(codefi, f"/etablissements/{SIRET}/accompagnement")
    assert "Vous en serez le référent" in form
    answer = codefi.post(
        f"/etablissements/{SIRET}/accompagnement",
        {"version": 0, "criticite": "ELEVEE", "DIFFICULTE": ["Dette sociale"], "dispositif-0": "PROPOSE"},
    )
    follow_up = latest()
    assert answer.headers["Location"] == at(follow_up)
    page = text(codefi, at(follow_up))
    for shown in ("ATELIERS DU LIMOUSIN", "En cours", "Criticité élevée", "Dette sociale", "Délai ou sursis Urssaf"):
        assert shown in page
    answer = codefi.post(
        at(follow_up, "informations"),
        {"version": follow_up.version, "criticite": "MODEREE", "ACTION": ["Mobilisation audit CODEFI"]},
    )
    assert answer.status_code == 302
    follow_up.refresh_from_db()
    assert follow_up.choices["ACTION"] == ["Mobilisation audit CODEFI"]
    assert follow_up.choices["DIFFICULTE"] == []
    assert "Terminer" in text(codefi, at(follow_up, "cloture"))
    refused = codefi.post(at(follow_up, "cloture"), {"version": follow_up.version})
    assert refused.status_code == 422
    assert "Choisissez une issue." in refused.content.decode()
    codefi.post(at(follow_up, "cloture"), {"version": follow_up.version, "outcome": "RESOLUES"})
    page = text(codefi, at(follow_up))
    assert "Difficultés résolues" in page
    assert "Modifier les informations" not in page
    assert codefi.get(at(follow_up, "informations")).status_code == 403
    reported = text(codefi, at(follow_up, "historique"))
    for shown in ("a ouvert l’accompagnement", "Criticité élevée → Criticité modérée", "+ Mobilisation audit CODEFI",
                  "À définir → Suivi terminé", "Issue : Difficultés résolues"):  # fmt: skip
        assert shown in reported


def test_events_replayed_give_what_the_rows_hold(browser: Browser, follow_up: FollowUp) -> None:
    codefi = browser(CODEFI)
    for act, values in (
        ("informations", {"criticite": "ELEVEE", "FILIERE": ["bois", "chimie"], "dispositif-1": "DEMANDE"}),
        ("deplacement", {"column": "SUIVI_EN_COURS"}),
        ("amiable", {"kind": "MANDAT", "since": "2026-10-01"}),
        ("cloture", {"outcome": "PROCEDURE"}),
    ):
        follow_up.refresh_from_db()
        assert codefi.post(at(follow_up, act), {"version": follow_up.version, **values}).status_code == 302
    codefi.post(at(follow_up, "copie"))
    assert FollowUp.objects.count() == 2
    for one in FollowUp.objects.all():
        events = one.events.exclude(version=None).order_by("version")
        assert replay(events) == content_of(one)
        assert [event.version for event in events] == list(range(1, one.version + 1))
    assert latest().choices["FILIERE"] == ["bois", "chimie"]
    assert latest().choices.get("AMIABLE") == {}, "a confidential procedure is not copied"


def test_a_second_follow_up_of_an_establishment_leads_to_the_first(browser: Browser, follow_up: FollowUp) -> None:
    answer = browser(CRP).get(f"/etablissements/{SIRET}/accompagnement")
    assert answer.headers["Location"] == at(follow_up)


@pytest.mark.parametrize(
    ("kind", "siret", "why"),
    [
        (OUTSIDE, SIRET, "pas dans votre zone"),
        (CRP, f"{BRETONNE.siren}00010", "pas dans votre zone"),
        (CRP, "88888888800010", "est fermé"),
        (PRODUCT, SIRET, "administrateur du produit"),
    ],
)
def test_who_may_not_open_one_reads_why(browser: Browser, kind: str, siret: str, why: str) -> None:
    address = f"/etablissements/{siret}/accompagnement"
    assert why in text(browser(kind), address, 403)
    assert browser(kind).post(address, {"version": 0, "criticite": "AUCUNE"}).status_code == 403
    assert not FollowUp.objects.exists()


ACTS = (
    ("informations", {"criticite": "ELEVEE"}),
    ("deplacement", {"column": "SUIVI_EN_COURS"}),
    ("cloture", {"outcome": "REFUS"}),
    ("contributeurs", {"referents": []}),
    ("reprise", {}),
    ("copie", {}),
    ("amiable", {"kind": "MANDAT"}),
    ("contacts", {"last_name": "Dupont", "role": "DAF"}),
    ("reseaux/CODEFI/commentaires", {"text": "Bonjour"}),
    ("reseaux/CODEFI/synthese", {"text": "Bonjour"}),
)


@pytest.mark.parametrize(("act", "values"), ACTS)
@pytest.mark.parametrize(("kind", "status"), [(URSSAF, (403, 404)), (OUTSIDE, (404,)), (PRODUCT, (403,))])
def test_who_does_not_carry_a_follow_up_changes_nothing(
    browser: Browser, follow_up: FollowUp, kind: str, status: tuple[int, ...], act: str, values: dict[str, object]
) -> None:
    answer = browser(kind).post(at(follow_up, act), {"version": follow_up.version, **values})
    assert answer.status_code in (*status, 422 if act == "deplacement" else 403)
    assert Event.objects.count() == 1
    assert not Comment.objects.exists()
    assert not Synthesis.objects.exists()
    assert not Contact.objects.exists()


def test_out_of_the_zone_a_follow_up_does_not_exist(browser: Browser, follow_up: FollowUp) -> None:
    outside = browser(OUTSIDE)
    for act in ("", "historique", "informations", "cloture", "contributeurs"):
        there, nowhere = (
            outside.get(at(follow_up, act)),
            outside.get(at(follow_up, act).replace(str(follow_up.pk), "9")),
        )
        assert (there.status_code, nowhere.status_code) == (404, 404)
    assert "Aucun accompagnement ne répond" in text(outside, "/accompagnements")
    assert "Accompagnement</h2>" not in text(outside, f"/entreprises/{ATELIERS.siren}")


def test_an_agent_of_the_zone_sees_who_carries_it_and_no_more(browser: Browser, follow_up: FollowUp) -> None:
    page = text(browser(URSSAF), at(follow_up))
    assert "Dominique (DGFiP)" in page
    assert "Contacter le référent" in page
    for closed in ("Étiquettes", "Étape", "Contacts de l’entreprise", "Procédure amiable", "Réseau DGFiP"):
        assert closed not in page
    assert "Dominique (DGFiP)" in text(browser(URSSAF), f"/entreprises/{ATELIERS.siren}")


def test_two_agents_who_edit_at_once_lose_nothing(browser: Browser, actor: Actors, follow_up: FollowUp) -> None:
    codefi = browser(CODEFI)
    people = {"referents": [actor(CODEFI).account.pk], "participants": [actor(CRP).account.pk], "email": ""}
    codefi.post(at(follow_up, "contributeurs"), {"version": follow_up.version, **people})
    follow_up.refresh_from_db()
    read = follow_up.version
    browser(CRP).post(at(follow_up, "informations"), {"version": read, "criticite": "MODEREE"})
    answer = codefi.post(at(follow_up, "informations"), {"version": read, "criticite": "ELEVEE"})
    assert answer.status_code == 409
    assert "Camille (DREETS) a modifié les informations" in answer.content.decode()
    follow_up.refresh_from_db()
    assert follow_up.criticite == "MODEREE"


def test_only_a_crp_watches_and_only_a_referent_changes_the_statut(
    browser: Browser, actor: Actors, follow_up: FollowUp
) -> None:
    assert "Veille" not in text(browser(CODEFI), at(follow_up))
    forged = {"version": follow_up.version, "column": "VEILLE"}
    assert browser(CODEFI).post(at(follow_up, "deplacement"), forged).status_code == 422
    people = {"referents": [actor(CODEFI).account.pk, actor(CRP).account.pk], "email": ""}
    browser(CRP).post(at(follow_up, "contributeurs"), {"version": follow_up.version, **people})
    follow_up.refresh_from_db()
    browser(CRP).post(at(follow_up, "deplacement"), {"version": follow_up.version, "column": "VEILLE"})
    follow_up.refresh_from_db()
    assert (follow_up.column, follow_up.statut) == (BoardColumn.VEILLE.name, Statut.SOUS_SURVEILLANCE.name)


def test_a_follow_up_keeps_one_referent(browser: Browser, follow_up: FollowUp) -> None:
    answer = browser(CODEFI).post(at(follow_up, "contributeurs"), {"version": follow_up.version, "email": ""})
    assert answer.status_code == 422
    assert "au moins un référent" in answer.content.decode()


def test_someone_added_from_another_zone_reads_the_codefi_and_nothing_else(
    browser: Browser, actor: Actors, follow_up: FollowUp
) -> None:
    actor(OUTSIDE)
    codefi = browser(CODEFI)
    people = {"referents": [actor(CODEFI).account.pk], "email": "corse@demo.example"}
    codefi.post(at(follow_up, "contributeurs"), {"version": follow_up.version, **people})
    codefi.post(at(follow_up, "reseaux/CODEFI/commentaires"), {"text": "Vu en **séance**"})
    codefi.post(at(follow_up, "reseaux/DGFIP/commentaires"), {"text": "Dette fiscale"})
    page = text(browser(OUTSIDE), at(follow_up))
    assert "<strong>séance</strong>" in page
    assert "Dette fiscale" not in page
    assert "Réseau CRP" not in page
    assert "52 340" not in text(browser(OUTSIDE), f"/entreprises/{ATELIERS.siren}"), "no protected figure"


def test_a_network_is_read_by_its_members_only(browser: Browser, actor: Actors, follow_up: FollowUp) -> None:
    browser(CODEFI).post(at(follow_up, "reseaux/DGFIP/commentaires"), {"text": "Vu avec le SIE"})
    assert "Vu avec le SIE" in text(browser(CODEFI), at(follow_up))
    assert "Vu avec le SIE" not in text(browser(CRP), at(follow_up))
    assert "a commenté (DGFiP)" not in text(browser(CRP), at(follow_up, "historique"))
    assert browser(CRP).post(at(follow_up, "reseaux/DGFIP/commentaires"), {"text": "x"}).status_code == 404


def test_an_amicable_procedure_stays_among_those_who_carry_the_follow_up(browser: Browser, follow_up: FollowUp) -> None:
    codefi = browser(CODEFI)
    address = at(follow_up, "reseaux/CODEFI/commentaires")
    warned = codefi.post(address, {"text": "Le mandat ad hoc avance"})
    assert warned.status_code == 422
    assert "procédure amiable, qui est confidentielle" in warned.content.decode()
    assert "Le mandat ad hoc avance" in warned.content.decode(), "what was typed is kept"
    codefi.post(address, {"text": "Le mandat ad hoc avance", "amicable": "on"})
    codefi.post(at(follow_up, "amiable"), {"version": follow_up.version, "kind": "MANDAT", "since": "2026-10-01"})
    assert "Mandat ad hoc, ouverte le 1er octobre 2026" in text(codefi, at(follow_up))
    for kind in (CRP, URSSAF, DARP):
        for act in ("", "historique"):
            page = text(browser(kind), at(follow_up, act)).lower()
            assert "mandat" not in page
            assert "amiable" not in page


def test_a_synthesis_has_one_writer_at_a_time(browser: Browser, actor: Actors, follow_up: FollowUp) -> None:
    codefi, crp = browser(CODEFI), browser(CRP)
    people = {"referents": [actor(CODEFI).account.pk, actor(CRP).account.pk], "email": ""}
    codefi.post(at(follow_up, "contributeurs"), {"version": follow_up.version, **people})
    address = at(follow_up, "reseaux/CODEFI/synthese")
    assert codefi.get(address).status_code == 302, "the lock is taken by a button, not by reading"
    assert codefi.post(address, {"take": 1}).status_code == 302
    assert "**Contexte**" in text(codefi, address)
    locked = crp.post(address, {"take": 1})
    assert locked.status_code == 409
    assert "Dominique (DGFiP) écrit cette synthèse" in locked.content.decode()
    assert crp.post(address, {"text": "la mienne"}).status_code == 409
    codefi.post(address, {"text": "Contexte : baisse d’activité"})
    assert "baisse d’activité" in text(crp, at(follow_up))
    crp.post(address, {"take": 1})
    overwritten = crp.post(address, {"text": "partie d’une page blanche", "start": ""})
    assert overwritten.status_code == 409
    page = overwritten.content.decode()
    assert "baisse d’activité" in page
    assert "partie d’une page blanche" in page
    assert Synthesis.objects.count() == 1


def test_a_colleague_who_called_last_week_is_asked_first(browser: Browser, follow_up: FollowUp) -> None:
    address = at(follow_up, "prises-de-contact")
    day = follow_up.opened_on.isoformat()
    noted = {"contact-on": day, "contact-channel": "PHONE", "contact-subject": "Délai Urssaf"}
    assert browser(URSSAF).post(address, noted).status_code == 302
    page = text(browser(CODEFI), at(follow_up))
    assert "Délai Urssaf" in page
    assert "contactez ce collègue" in page
    assert "contactez ce collègue" not in text(browser(URSSAF), at(follow_up)), "one's own call warns nobody"
    future = noted | {"contact-on": "2099-01-01"}
    assert "Ce jour n’est pas encore passé." in browser(URSSAF).post(address, future).content.decode()
    reported = noted | {"contact-subject": "Point sur la conciliation"}
    assert browser(URSSAF).post(address, reported).status_code == 422
    assert Approach.objects.count() == 1


def test_contacts_are_read_by_crps_and_contributors(browser: Browser, follow_up: FollowUp) -> None:
    person = {"last_name": "Dupont", "first_name": "Lou", "role": "DIRIGEANT", "phone": "05 55 00 00 00"}
    browser(CODEFI).post(at(follow_up, "contacts"), person)
    kept = Contact.objects.get()
    for kind, reads in ((CODEFI, True), (CRP, True), (URSSAF, False), (DARP, False)):
        assert ("Lou Dupont" in text(browser(kind), at(follow_up))) is reads, kind
        assert ("a changé les contacts" in text(browser(kind), at(follow_up, "historique"))) is reads, kind
    browser(CODEFI).post(at(follow_up, f"contacts/{kept.pk}"), person | {"archive": "1"})
    assert "Lou Dupont" not in text(browser(CODEFI), at(follow_up))
    assert Contact.objects.count() == 1, "archived, not deleted"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", True), ("scope=MINE", True), ("text=ateliers", True), ("text=atelirs", True), ("text=limousin+atel", True),
        ("text=811111", True), ("text=bretonne", False),
        ("statut=EN_COURS", True), ("statut=TERMINE", False), ("criticite=ELEVEE", False), ("departement=87", True),
        ("departement=30", False), ("referent=domi", True), ("referent=camille", False), ("basket=SILENT", False),
        ("basket=ORPHAN", False), ("scope=ADMINISTRATION", True),
    ],
)  # fmt: skip
def test_follow_ups_are_found(browser: Browser, follow_up: FollowUp, query: str, found: bool) -> None:
    page = text(browser(CODEFI), f"/accompagnements?{query}")
    assert ("ATELIERS DU LIMOUSIN" in page) is found


def test_a_department_out_of_the_zone_is_refused(browser: Browser) -> None:
    assert "Un filtre est refusé" in text(browser(CODEFI), "/accompagnements?departement=35")


def test_an_orphan_may_be_taken(browser: Browser, actor: Actors, follow_up: FollowUp) -> None:
    assert browser(CRP).post(at(follow_up, "reprise")).status_code == 403
    account = actor(CODEFI).account
    account.is_active = False
    account.save()
    assert "ATELIERS" in text(browser(CRP), "/accompagnements?basket=ORPHAN")
    assert browser(CRP).post(at(follow_up, "reprise")).status_code == 302
    assert "Camille (DREETS)" in text(browser(CRP), at(follow_up))
