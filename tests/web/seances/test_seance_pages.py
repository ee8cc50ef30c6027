"""A séance from its preparation to its relevé, through the pages that agents use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from pytest_django import Settings

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PLACE, PRODUCT, SIRET, URSSAF
from harness.pages import text
from harness.seances import agenda
from harness.tiny_home import ATELIERS, BRETONNE, ELEONORE, MASKED
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Segment
from signaux_faibles.web.seances.deciding import Choice, TakenOff, decide_on
from signaux_faibles.web.seances.kinds import DecisionKind
from signaux_faibles.web.seances.models import Decision, Seance, SeanceCompany, Sending

pytestmark = pytest.mark.django_db
REDIRECTION = "CCI, CMA ou chambre d’agriculture"
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]


def at(seance: Seance, act: str = "") -> str:
    return f"/seances/{seance.pk}" + (f"/{act}" if act else "")


def test_a_secretariat_prepares_a_seance_and_records_what_it_decides(
    browser: Browser, actor: Actors, settings: Settings
) -> None:
    codefi, colleague = browser(CODEFI), actor(URSSAF).account
    assert ">Séances</a>" in text(codefi, "/")
    day = today().isoformat()
    answer = codefi.post("/seances/nouvelle", {"departement": "87", "on": day, "title": "CODEFI restreint"})
    seance = Seance.objects.get()
    assert answer.headers["Location"] == at(seance, "preparation")
    members = {"on": day, "title": "CODEFI restreint", "members": [actor(CODEFI).account.pk, colleague.pk]}
    assert codefi.post(at(seance, "preparation"), members | {"email": ""}).status_code == 302
    codefi.post(at(seance, "entreprises"), {"identifiers": f"{ATELIERS.siren}\n{MASKED.siren}00010"})
    page = text(codefi, at(seance))
    expected = ("Alex (Urssaf), Dominique (DGFiP)", ATELIERS.name, "Limoges", "Dénomination non diffusible")
    for shown in (
        *expected,
        "2 entreprises",
        f"/entreprises/{ATELIERS.siren}/fiche.pdf",
        "Aucun accompagnement ouvert.",
    ):
        assert shown in page
    decide(codefi, seance, kind="OUVRIR", text="Dette sociale **récente**")
    page = text(codefi, at(seance))
    assert "<strong>Ouvrir un accompagnement</strong> – Dette sociale **récente**" in page
    assert "Accompagnement en cours</a> depuis le" in page
    decide(codefi, seance, kind="CONFIER", entrusted_to=colleague.pk)
    follow_up = FollowUp.objects.get()
    assert {one.account for one in follow_up.members.filter(role="REFERENT")} == {actor(CODEFI).account, colleague}
    settings.EMAIL_HOST, settings.SF_ADDRESS = "mail.example", "https://signaux-faibles.example"
    assert codefi.post(at(seance, "envoi")).status_code == 302
    assert [one.to for one in mail.outbox] == [["codefi@demo.example"], ["urssaf@demo.example"]]
    assert f"https://signaux-faibles.example/seances/{seance.pk}\n" in mail.outbox[0].body
    assert not any(said in one.body for one in mail.outbox for said in (ATELIERS.name, ATELIERS.siren, "Confier"))
    page = text(browser(URSSAF), at(seance))
    assert "Confier à Alex (Urssaf)" in page
    assert "Noter une décision" not in page
    assert "Retirer" not in page
    assert "à 2 membres" in page


def decide(client: Client, seance: Seance, status: int = 302, siret: str = SIRET, **values: object) -> str:
    """Write a decision about a company of the agenda, from what is written today."""
    company = seance.companies.get(siret=siret)
    last = company.decisions.order_by("-pk").first()
    follow_up = FollowUp.objects.filter(siret=siret).exclude(statut="TERMINE").first()
    read = {"after": last.pk if last else 0, "version": follow_up.version if follow_up else 0}
    answer = client.post(at(seance, f"entreprises/{company.pk}/decision"), read | values)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def test_a_decision_carries_out_what_it_says(browser: Browser, actor: Actors, seance: Seance) -> None:
    codefi = browser(CODEFI)
    decide(codefi, seance, kind="OUVRIR")
    follow_up = FollowUp.objects.get()
    assert (follow_up.siret, follow_up.departement) == (SIRET, "87")
    assert follow_up.events.get().seen["seance"] == seance.pk
    decide(codefi, seance, kind="REORIENTER", redirection=REDIRECTION, outcome="REFUS", revoir_le="2099-01-01")
    follow_up.refresh_from_db()
    assert follow_up.choices["REDIRECTION"] == [REDIRECTION]
    day = today() + timedelta(days=30)
    decide(codefi, seance, kind="REVOIR", revoir_le=day.isoformat())
    decide(codefi, seance, kind="CLASSER", text="Rien de neuf")
    follow_up.refresh_from_db()
    assert follow_up.outcome == "", "without an outcome, « Classer » is a note"
    decide(codefi, seance, kind="CLASSER", outcome="RESOLUES")
    follow_up.refresh_from_db()
    assert (follow_up.statut, follow_up.outcome) == ("TERMINE", "RESOLUES")
    decisions = Decision.objects.order_by("pk")
    assert [one.kind for one in decisions] == ["OUVRIR", "REORIENTER", "REVOIR", "CLASSER", "CLASSER"]
    assert [one.outcome for one in decisions] == ["", "", "", "", "RESOLUES"], "what a kind does not use is left out"
    assert [one.follow_up for one in decisions] == [follow_up] * 5
    assert [one.revoir_le for one in decisions] == [None, None, day, None, None]


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({"kind": "CONFIER"}, 422, "Choisissez l’agent"),
        ({"kind": "REORIENTER"}, 422, "Choisissez vers quoi"),
        ({"kind": "REVOIR"}, 422, "Donnez le jour"),
        ({"kind": "REVOIR", "revoir_le": "2026-01-01"}, 422, "Donnez un jour à venir."),
        ({"kind": "CLASSER"}, 422, "Dites pourquoi"),
        ({"kind": "OUVRIR", "text": "Un mandat ad hoc est en cours"}, 422, "n’y nommez pas une procédure amiable"),
        ({"kind": "REORIENTER", "redirection": REDIRECTION}, 409, "notez d’abord « Ouvrir un accompagnement »"),
        ({"kind": "CLASSER", "outcome": "REFUS"}, 409, "notez d’abord « Ouvrir un accompagnement »"),
    ],
)
def test_a_decision_that_cannot_be_carried_out_is_not_written(
    browser: Browser, seance: Seance, values: dict[str, object], status: int, said: str
) -> None:
    assert said in decide(browser(CODEFI), seance, status, **values)
    assert not Decision.objects.exists()
    assert not FollowUp.objects.exists()


def test_what_the_rights_on_the_follow_up_refuse_is_said_and_nothing_is_written(
    browser: Browser, actor: Actors, seance: Seance, follow_up: FollowUp
) -> None:
    codefi, crp = actor(CODEFI).account, actor(CRP).account
    people = {"referents": [crp.pk], "participants": [codefi.pk], "email": ""}
    browser(CODEFI).post(f"/accompagnements/{follow_up.pk}/contributeurs", {"version": follow_up.version, **people})
    written = Event.objects.count()
    assert "Seul un référent le peut." in decide(browser(CODEFI), seance, 403, kind="CLASSER", outcome="REFUS")
    assert "est déjà ouvert" in decide(browser(CODEFI), seance, 403, kind="OUVRIR")
    assert (Decision.objects.count(), Event.objects.count()) == (0, written)


def test_of_two_decisions_at_once_one_is_written_and_the_other_is_informed(browser: Browser, seance: Seance) -> None:
    codefi, company = browser(CODEFI), seance.companies.get()
    address = at(seance, f"entreprises/{company.pk}/decision")
    read = {"after": 0, "version": 0, "kind": "OUVRIR"}
    assert codefi.post(address, read).status_code == 302
    late = codefi.post(address, read | {"kind": "CLASSER", "text": "Sans suite"})
    assert late.status_code == 409
    assert "Dominique (DGFiP) a noté « Ouvrir un accompagnement »" in late.content.decode()
    assert [one.kind for one in Decision.objects.all()] == ["OUVRIR"]


def test_a_company_that_was_taken_off_meanwhile_is_not_decided(browser: Browser, actor: Actors, seance: Seance) -> None:
    company = seance.companies.get()
    browser(CODEFI).post(at(seance, f"entreprises/{company.pk}/retrait"))
    with pytest.raises(TakenOff):
        decide_on(actor(CODEFI), company, PLACE, Choice(DecisionKind.OUVRIR), {})
    assert (FollowUp.objects.count(), Decision.objects.count()) == (0, 0)


def test_a_follow_up_that_changed_meanwhile_is_not_overwritten(
    browser: Browser, seance: Seance, follow_up: FollowUp
) -> None:
    codefi, company = browser(CODEFI), seance.companies.get()
    read = {"after": 0, "version": follow_up.version, "kind": "REORIENTER", "redirection": REDIRECTION}
    codefi.post(f"/accompagnements/{follow_up.pk}/informations", {"version": follow_up.version, "criticite": "ELEVEE"})
    late = codefi.post(at(seance, f"entreprises/{company.pk}/decision"), read)
    assert late.status_code == 409
    assert "a modifié les informations" in late.content.decode()
    assert not Decision.objects.exists()


def test_the_agenda_is_made_of_follow_ups_and_of_what_was_put_off(
    browser: Browser, seance: Seance, coming: Seance
) -> None:
    codefi = browser(CODEFI)
    codefi.post(at(seance, "entreprises"), {"identifiers": ELEONORE.siren})
    decide(codefi, seance, kind="OUVRIR")
    decide(codefi, seance, siret=f"{ELEONORE.siren}00010", kind="REVOIR", revoir_le=coming.on.isoformat())
    codefi.post(at(coming, "entreprises/a-revoir"))
    assert agenda(coming) == [f"{ELEONORE.siren}00010"]
    codefi.post(at(coming, "entreprises/accompagnees"))
    codefi.post(at(coming, "entreprises/accompagnees"))
    assert agenda(coming) == [f"{ELEONORE.siren}00010", SIRET]
    second = coming.companies.get(siret=SIRET)
    codefi.post(at(coming, f"entreprises/{second.pk}/rang"), {"up": "1"})
    assert agenda(coming) == [SIRET, f"{ELEONORE.siren}00010"]
    codefi.post(at(coming, f"entreprises/{second.pk}/rang"), {"up": "1"})
    assert agenda(coming) == [SIRET, f"{ELEONORE.siren}00010"], "the first stays"
    codefi.post(at(coming, f"entreprises/{second.pk}/retrait"))
    assert agenda(coming) == [f"{ELEONORE.siren}00010"]
    decide(codefi, seance, siret=f"{ELEONORE.siren}00010", kind="CLASSER", text="Vue entre-temps")
    codefi.post(at(coming, f"entreprises/{coming.companies.get().pk}/retrait"))
    codefi.post(at(coming, "entreprises/a-revoir"))
    assert agenda(coming) == [], "of a company, the last decision alone counts"


@pytest.mark.parametrize(
    ("pasted", "said"),
    [
        (f"{ATELIERS.siren} 12", "Ni siren ni siret : 12."),
        (f"{ELEONORE.siren} {BRETONNE.siren}", f"Sans établissement dans le département 87 : {BRETONNE.siren}."),
        ("rien", "Aucun siren ni siret"),
    ],
)
def test_an_agenda_takes_all_that_is_pasted_or_nothing(
    browser: Browser, coming: Seance, pasted: str, said: str
) -> None:
    answer = browser(CODEFI).post(at(coming, "entreprises"), {"identifiers": pasted})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert agenda(coming) == []


def test_nothing_is_decided_before_the_day_nor_prepared_after_it(
    browser: Browser, seance: Seance, coming: Seance
) -> None:
    codefi = browser(CODEFI)
    codefi.post(at(coming, "entreprises"), {"identifiers": SIRET})
    assert "à partir du jour de la séance" in text(codefi, at(coming))
    assert "à partir du jour de la séance" in decide(codefi, coming, 403, kind="OUVRIR")
    Seance.objects.filter(pk=seance.pk).update(on=today() - timedelta(days=1))
    company = seance.companies.get()
    for act in (f"entreprises/{company.pk}/retrait", "entreprises/accompagnees", f"entreprises/{company.pk}/rang"):
        refused = codefi.post(at(seance, act))
        assert refused.status_code == 403
        assert "La séance est passée" in refused.content.decode()
    assert codefi.get(at(seance, "preparation")).status_code == 403
    assert agenda(seance) == [SIRET]
    decide(codefi, seance, kind="OUVRIR", text="Notée le lendemain")
    assert "Passées" in text(codefi, "/seances").split("CODEFI restreint")[0]


def test_a_decision_holds_the_day_and_the_company_in_their_place(browser: Browser, seance: Seance) -> None:
    codefi = browser(CODEFI)
    decide(codefi, seance, kind="OUVRIR")
    assert codefi.post(at(seance, f"entreprises/{seance.companies.get().pk}/retrait")).status_code == 409
    other = {"on": (today() + timedelta(days=2)).isoformat(), "title": "Reportée", "email": ""}
    assert codefi.post(at(seance, "preparation"), other).status_code == 409
    seance.refresh_from_db()
    assert (seance.on, seance.title, agenda(seance)) == (today(), "CODEFI restreint", [SIRET])


READ = ("", "ordre-du-jour.docx", "releve-de-decisions.docx")
ACTS = ("preparation", "entreprises", "entreprises/accompagnees", "entreprises/a-revoir", "envoi",
        "entreprises/{}/retrait", "entreprises/{}/rang", "entreprises/{}/decision")  # fmt: skip


@pytest.mark.parametrize("kind", [OUTSIDE, PRODUCT])
def test_a_seance_does_not_exist_for_others(browser: Browser, seance: Seance, kind: str) -> None:
    client, company = browser(kind), seance.companies.get().pk
    for act in (*READ, *ACTS):
        assert client.get(at(seance, act.format(company))).status_code == 404, act
        assert client.get(at(seance, act.format(company)).replace(f"/{seance.pk}", "/9", 1)).status_code == 404
    for act in ACTS:
        assert client.post(at(seance, act.format(company)), {"kind": "OUVRIR"}).status_code == 404, act
    listed = client.get("/seances")
    assert listed.status_code == (404 if kind == PRODUCT else 200)
    assert "CODEFI restreint" not in listed.content.decode()
    assert (">Séances</a>" in client.get("/").content.decode()) is (kind == OUTSIDE)


@pytest.mark.parametrize("segment", [Segment.CRP_SUPPORT, Segment.OTHER])
def test_outside_the_network_there_are_no_seances(
    browser: Browser, actor: Actors, seance: Seance, segment: Segment
) -> None:
    Account.objects.filter(pk=actor(CRP).account.pk).update(segment=segment.name)
    for address in ("/seances", "/seances/nouvelle", at(seance)):
        assert browser(CRP).get(address).status_code == 404
        assert browser(CRP).post(address).status_code in (404, 405)
    assert ">Séances</a>" not in text(browser(CRP), "/")


@pytest.mark.parametrize("kind", [CRP, URSSAF, DARP])
def test_the_network_of_the_department_reads_and_changes_nothing(browser: Browser, seance: Seance, kind: str) -> None:
    client, company = browser(kind), seance.companies.get().pk
    for act in READ:
        assert client.get(at(seance, act)).status_code == 200
    assert "CODEFI restreint" in text(client, "/seances")
    for act in ACTS:
        values = {"kind": "OUVRIR", "after": 0, "version": 0, "identifiers": ELEONORE.siren}
        refused = client.post(at(seance, act.format(company)), values)
        assert refused.status_code == 403, act
        assert "Seul le secrétariat permanent" in refused.content.decode()
    assert client.post("/seances/nouvelle", {"departement": "87", "on": "2099-01-01", "title": "x"}).status_code == 403
    assert (Seance.objects.count(), agenda(seance), Decision.objects.count()) == (1, [SIRET], 0)
    assert not Sending.objects.exists()


def test_a_member_of_another_zone_reads_the_seance_and_not_the_follow_up(
    browser: Browser, actor: Actors, seance: Seance, follow_up: FollowUp
) -> None:
    actor(OUTSIDE)
    terms = {"on": seance.on.isoformat(), "title": seance.title, "email": "corse@demo.example"}
    assert browser(CODEFI).post(at(seance, "preparation"), terms).status_code == 302
    page = text(browser(OUTSIDE), at(seance))
    assert ATELIERS.name in page
    assert f"/accompagnements/{follow_up.pk}" not in page
    assert "Accompagnement en cours" in text(browser(CODEFI), at(seance))
    assert "CODEFI restreint" in text(browser(OUTSIDE), "/seances")


def test_whoever_is_not_of_the_network_cannot_be_a_member(browser: Browser, actor: Actors, seance: Seance) -> None:
    Account.objects.filter(pk=actor(CRP).account.pk).update(segment=Segment.CRP_SUPPORT.name)
    terms = {"on": seance.on.isoformat(), "title": seance.title, "email": "crp@demo.example"}
    answer = browser(CODEFI).post(at(seance, "preparation"), terms)
    assert answer.status_code == 422
    assert "Aucun agent du réseau CODEFI n’a cette adresse." in answer.content.decode()
    forged = browser(CODEFI).post(at(seance, "preparation"), terms | {"email": "", "members": [actor(CRP).account.pk]})
    assert forged.status_code == 422


def test_without_a_mail_server_the_page_says_so(browser: Browser, seance: Seance) -> None:
    answer = browser(CODEFI).post(at(seance, "envoi"))
    assert answer.status_code == 503
    assert "Aucun serveur de courriel" in answer.content.decode()
    assert not Sending.objects.exists()


def test_an_establishment_that_left_the_register_is_still_reviewed(browser: Browser, seance: Seance) -> None:
    seance.companies.create(siret="00000000000010", position=2)
    assert "Établissement absent du répertoire" in text(browser(CODEFI), at(seance))
    decide(browser(CODEFI), seance, 403, siret="00000000000010", kind="OUVRIR")
    decide(browser(CODEFI), seance, siret="00000000000010", kind="CLASSER", text="Disparue du répertoire")


def test_an_agenda_is_bounded(browser: Browser, seance: Seance, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("signaux_faibles.web.seances.preparing.MOST_COMPANIES", 1)
    assert browser(CODEFI).post(at(seance, "entreprises"), {"identifiers": ELEONORE.siren}).status_code == 409
    assert SeanceCompany.objects.count() == 1


def test_the_list_counts_each_company_and_decision_once(browser: Browser, actor: Actors, seance: Seance) -> None:
    codefi = browser(CODEFI)
    codefi.post(at(seance, "entreprises"), {"identifiers": f"{ELEONORE.siren} {MASKED.siren}"})
    members = [actor(one).account.pk for one in (CODEFI, CRP, URSSAF)]
    terms = {"on": seance.on.isoformat(), "title": seance.title, "members": members, "email": ""}
    assert codefi.post(at(seance, "preparation"), terms).status_code == 302
    for said in ("Vue", "Revue"):
        decide(codefi, seance, kind="CLASSER", text=said)
    for kind in (CODEFI, CRP):
        page = text(browser(kind), "/seances")
        assert page.count("CODEFI restreint") == 1
        assert "3 entreprises, 2 décisions" in page


def test_a_company_is_decided_in_its_own_seance(browser: Browser, seance: Seance) -> None:
    codefi, foreign = browser(CODEFI), seance.companies.get().pk
    other = Seance.objects.create(departement="87", on=today(), title="Autre", created_by=seance.created_by)
    values = {"kind": "CLASSER", "text": "x", "after": 0, "version": 0}
    assert codefi.post(at(other, f"entreprises/{foreign}/decision"), values).status_code == 404
    for act in ("retrait", "rang"):
        assert codefi.post(at(other, f"entreprises/{foreign}/{act}")).status_code == 302
    assert (agenda(seance), Decision.objects.count()) == ([SIRET], 0)
