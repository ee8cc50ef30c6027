"""Past campagnes taken over: who called, when, with what result; once; no follow-up changes."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.db import IntegrityError
from django.test import Client
from pytest_django import Settings

from harness.agents import CODEFI, CRP, PLACE, SIRET, URSSAF
from harness.tiny_home import BRETONNE, HEALTHY
from signaux_faibles.snapshot.served.establishments import site_of
from signaux_faibles.web.accompagnements.acts import Actor, open_on
from signaux_faibles.web.accompagnements.models import Approach, Event
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.actions_export.interventions import intervention_rows
from signaux_faibles.web.actions_export.people import People
from signaux_faibles.web.campagnes.models import Campagne, CampagneAct, CampagneCompany
from signaux_faibles.web.campagnes.running import open_campagne, standing_postponements
from signaux_faibles.web.campagnes.standing import Status, fold
from signaux_faibles.web.courriers.answers import waiting
from signaux_faibles.web.courriers.noting import note_step
from signaux_faibles.web.courriers.steps import LetterStepKind
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.takeover.parsed import Plan, UnreadableExport
from signaux_faibles.web.takeover.past.campagnes import CampagnesFile, ReadyCampagne
from signaux_faibles.web.takeover.past.campagnes_writing import MEANWHILE, write_campagnes

pytestmark = pytest.mark.django_db
ActorOf = Callable[[str], Actor]
Planned = Callable[..., Plan[ReadyCampagne]]
ABOUT = ("departement", "intitule", "ouverte_le", "close_le", "ouverte_par", "siret")
COLUMNS = (*ABOUT, "date", "resultat", "jusqu_au", "note", "agent")
SECRETARY, CALLER, OTHER = "codefi@demo.example", "crp@demo.example", "urssaf@demo.example"
GONE = "parti@demo.example"
WELL = f"{HEALTHY.siren}00010"
LATER = "2099-01-01"


@pytest.fixture
def planned(actor: ActorOf, settings: Settings, tmp_path: Path) -> Planned:
    for kind in (CODEFI, CRP, URSSAF):
        actor(kind)

    def plan(*lines: dict[str, str], stand_in: Account | None = None) -> Plan[ReadyCampagne]:
        text = StringIO()
        writer = csv.DictWriter(
            text, dict.fromkeys([*COLUMNS, *(name for one in lines for name in one)]), delimiter=";"
        )
        writer.writeheader()
        writer.writerows(lines)
        path = tmp_path / "campagnes.csv"
        path.write_text(text.getvalue(), encoding="utf-8")
        with shelf(settings.SF_HOME).pinned() as snapshot:
            return CampagnesFile(path, snapshot, stand_in).planned()

    return plan


def line(resultat: str = "", day: str = "2026-03-12", **others: str) -> dict[str, str]:
    about = {"departement": "87", "intitule": "Printemps", "ouverte_le": "01/03/2026", "close_le": "2026-04-30"}
    called = {"date": day, "agent": CALLER, "resultat": resultat} if resultat else {}
    return about | {"ouverte_par": SECRETARY, "siret": SIRET} | called | others


def acts() -> list[tuple[str, str, str]]:
    """Kind and result of each act, its author, its day."""
    return [
        (f"{one.kind} {one.outcome}".strip(), one.author.email, f"{one.at:%m-%d}")
        for one in CampagneAct.objects.order_by("pk").select_related("author")
    ]


def standing(on: date = date(2026, 4, 15)) -> Status:
    rows = CampagneAct.objects.order_by("pk").select_related("author")
    return fold([one.plain for one in rows], on).status


@pytest.mark.parametrize(
    ("words", "others", "kept", "status"),
    [
        ("a besoin d'être accompagnée", {}, ["TAKE", "OUTCOME BESOIN"], Status.FAITE),
        ("Besoin", {}, ["TAKE", "OUTCOME BESOIN"], Status.FAITE),
        ("refus", {}, ["TAKE", "OUTCOME REFUS"], Status.FAITE),
        ("N’a pas besoin de prise en charge", {}, ["TAKE", "OUTCOME INDEMNE"], Status.FAITE),
        ("injoignable", {}, ["TAKE", "OUTCOME INJOIGNABLE"], Status.FAITE),
        ("Prise", {}, ["TAKE"], Status.PRISE),
        ("", {"agent": CALLER, "date": "12/03/2026"}, ["TAKE"], Status.PRISE),
        ("Rendue", {}, ["TAKE", "RELEASE"], Status.A_CONTACTER),
        ("Reportée", {"jusqu_au": "2026-04-20"}, ["POSTPONE"], Status.REPORTEE),
        ("delai_3mois", {"jusqu_au": "2026-04-02"}, ["POSTPONE"], Status.A_CONTACTER),
        ("Écartée", {"jusqu_au": "2026-04-20"}, ["POSTPONE"], Status.ECARTEE),
        ("", {}, [], Status.A_CONTACTER),
        ("", {"etat": "À contacter"}, [], Status.A_CONTACTER),
        ("", {"etat": "pending", "agent": "non attribué"}, [], Status.A_CONTACTER),
        ("", {"etat": "take", "username": CALLER, "date": "2026-03-12", "agent": CALLER}, ["TAKE"], Status.PRISE),
    ],
)
def test_each_word_is_read_as_what_was_done(
    planned: Planned, words: str, others: dict[str, str], kept: list[str], status: Status
) -> None:
    plan = planned(line(words, **others))
    assert (write_campagnes(plan), plan.left_aside) == (1, [])
    assert acts() == [(one, CALLER, "03-12") for one in kept]
    assert standing() is status


def test_a_campagne_keeps_its_days_its_people_and_its_companies(planned: Planned) -> None:
    plan = planned(
        line("Reportée", "2026-03-05", jusqu_au="2026-03-20", note="Clôture des comptes."),
        line("Besoin", "2026-03-21", agent=OTHER),
        line(siret=WELL),
        line("Refus", "2026-06-03", ouverte_le="2026-06-01", close_le=""),
    )
    assert (write_campagnes(plan), plan.left_aside) == (2, [])
    spring, june = Campagne.objects.order_by("opened_on")
    assert (spring.title, spring.opened_by.email, spring.imported) == ("Printemps", SECRETARY, True)
    assert (spring.opened_on, spring.closed_on, june.closed_on) == (date(2026, 3, 1), date(2026, 4, 30), None)
    assert list(spring.companies.values_list("siret", "siren")) == [(SIRET, SIRET[:9]), (WELL, WELL[:9])]
    assert acts() == [
        ("POSTPONE", CALLER, "03-05"),
        ("TAKE", OTHER, "03-21"),
        ("OUTCOME BESOIN", OTHER, "03-21"),
        ("TAKE", CALLER, "06-03"),
        ("OUTCOME REFUS", CALLER, "06-03"),
    ]
    assert CampagneAct.objects.order_by("pk")[0].note == "Clôture des comptes."


def test_a_call_shows_to_the_zone_on_its_day_and_changes_no_follow_up(planned: Planned, actor: ActorOf) -> None:
    open_on(actor(CODEFI), PLACE, {}, {}, {})
    before = Event.objects.count()
    write_campagnes(planned(line("Injoignable"), line(siret=WELL, resultat="Prise", date="2026-03-13", agent=OTHER)))
    seen = Approach.objects.get()
    assert (seen.siret, seen.on, seen.account.email, seen.imported) == (SIRET, date(2026, 3, 12), CALLER, True)
    assert seen.subject == "Campagne de contact du CODEFI"
    assert Event.objects.count() == before


def test_a_call_of_before_an_answer_does_not_follow_it(planned: Planned, actor: ActorOf, settings: Settings) -> None:
    urssaf = actor(URSSAF)
    with shelf(settings.SF_HOME).pinned() as snapshot:
        site = site_of(snapshot, SIRET)
    assert site is not None
    for step in (LetterStepKind.SENT, LetterStepKind.ANSWERED):
        note_step(urssaf, site, step, urssaf.today)
    write_campagnes(planned(line("Injoignable", agent=OTHER)))
    assert [one.siret for one in waiting(urssaf)] == [SIRET]


def test_the_chain_gets_its_acts_with_their_days_as_taken_over(planned: Planned) -> None:
    write_campagnes(planned(line("Refus")))
    rows = [one for one in intervention_rows(People()) if one["nature"] in ("CAMPAGNE", "CONTACT")]
    assert {(one["date_fait"], one["date_connue"], one["importe"]) for one in rows} == {
        (date(2026, 3, 12), date(2026, 3, 12), True)
    }
    assert sorted(str(one.get("etat", "")) for one in rows) == ["", "PRISE", "REFUS"]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"departement": "Zubrowka"}, "« Zubrowka » n'est pas un département."),
        ({"ouverte_le": "mars"}, "« mars » n'est pas une date."),
        ({"ouverte_le": LATER, "close_le": ""}, "Campagne à venir : ouvrez-la dans l'application."),
        ({"close_le": "bientôt"}, "« bientôt » n'est pas une date de clôture."),
        ({"close_le": "2026-02-01"}, "Close avant son ouverture, ou à venir"),
        ({"close_le": LATER}, "Close avant son ouverture, ou à venir"),
        ({"siret": "99999999900010"}, "« 99999999900010 » n'est pas un siret du répertoire."),
        ({"siret": f"{BRETONNE.siren}00010"}, "Cet établissement n'est pas dans le département 87."),
        ({"resultat": "Ravie"}, "Résultat « Ravie » inconnu."),
        ({"date": ""}, "Aucune date lisible"),
        ({"date": LATER}, "Date à venir."),
        ({"date": "2026-02-27"}, "Avant l'ouverture de la campagne."),
        ({"date": "2026-05-01"}, "Après la clôture de la campagne."),
        ({"resultat": "Reportée"}, "« Reportée » sans le jour"),
        ({"resultat": "Reportée", "jusqu_au": "2026-03-02"}, "Le report finit avant de commencer."),
        ({"agent": GONE}, f"{GONE} n'a pas de compte : donnez --for-unknown."),
        ({"agent": ""}, "Aucun agent sur cette ligne."),
        ({"agent": GONE, "ouverte_par": ""}, "Aucun agent de cette campagne n'a de compte."),
    ],
)
def test_what_cannot_be_taken_over_is_left_aside_with_its_reason(
    planned: Planned, changes: dict[str, str], why: str
) -> None:
    plan = planned(line("Refus") | changes)
    write_campagnes(plan)
    assert [one.why[: len(why)] for one in plan.left_aside] == [why]
    assert not CampagneAct.objects.exists()


@pytest.mark.parametrize(
    ("lines", "kept", "why"),
    [
        (
            [line("Prise", "2026-03-02", agent=OTHER), line("Refus", "2026-03-05")],
            ["TAKE"],
            "a pris l'entreprise le 2 mars 2026 : cette ligne ne peut pas suivre.",
        ),
        (
            [line("Refus", "2026-03-02"), line("Prise", "2026-03-05", agent=OTHER)],
            ["TAKE", "OUTCOME REFUS"],
            "a noté un résultat le 2 mars 2026 : cette ligne ne peut pas suivre.",
        ),
        (
            [line("Injoignable", "2026-03-02"), line("Besoin", "2026-03-05")],
            ["TAKE", "OUTCOME BESOIN"],
            "un résultat plus récent, du 5 mars 2026 : lui seul est repris.",
        ),
    ],
)
def test_a_company_is_held_by_one_agent_and_has_one_result(
    planned: Planned, lines: list[dict[str, str]], kept: list[str], why: str
) -> None:
    plan = planned(*lines)
    write_campagnes(plan)
    assert [one for one, _, _ in acts()] == kept
    assert why in plan.left_aside[0].why


def test_a_company_that_was_given_back_may_be_taken_by_another(planned: Planned) -> None:
    plan = planned(line("Rendue", "2026-03-02"), line("Refus", "2026-03-05", agent=OTHER))
    write_campagnes(plan)
    assert [one for one, _, _ in acts()] == ["TAKE", "RELEASE", "TAKE", "OUTCOME REFUS"]
    assert plan.left_aside == []


def test_a_note_that_names_an_amicable_procedure_is_read_by_nobody(planned: Planned) -> None:
    plan = planned(line("Refus", note="Mandat ad hoc en cours", intitule="Conciliations"))
    write_campagnes(plan)
    assert {one.note for one in CampagneAct.objects.all()} == {""}
    assert Campagne.objects.get().title == "Campagne de contact"
    assert ["procédure amiable" in one.why for one in plan.left_aside] == [True, True]
    assert planned(line("Refus", intitule="Conciliations")).already == 1, "its title here is that of no title"


def test_a_stand_in_signs_and_the_note_names_who_called(planned: Planned, actor: ActorOf) -> None:
    plan = planned(line("Refus", agent=GONE, note="Rappeler"), stand_in=actor(URSSAF).account)
    write_campagnes(plan)
    assert acts()[-1] == ("OUTCOME REFUS", OTHER, "03-12")
    assert CampagneAct.objects.order_by("pk").last().note == f"(Noté par {GONE}.) Rappeler"


def test_a_second_import_writes_nothing(planned: Planned) -> None:
    write_campagnes(planned(line("Refus")))
    plan = planned(line("Refus"), line("Besoin", intitule="PRINTEMPS"))
    assert (plan.ready, plan.already, write_campagnes(plan)) == ([], 1, 0)


def test_of_two_imports_at_once_one_writes(planned: Planned) -> None:
    plan, other = planned(line("Refus")), planned(line("Refus"))
    assert (write_campagnes(plan), write_campagnes(other)) == (1, 0)
    assert [one.why for one in other.left_aside] == [MEANWHILE]
    assert (Campagne.objects.count(), CampagneAct.objects.count()) == (1, 2)


def test_an_import_that_stops_half_way_keeps_whole_campagnes_and_is_run_again(
    planned: Planned, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = [line("Refus"), line("Refus", ouverte_le="2026-03-02"), line(siret=WELL, ouverte_le="2026-03-02")]
    save, saved = CampagneCompany.save, []

    def stop(self: CampagneCompany, *args: object, **kwargs: object) -> None:
        saved.append(self.siret)
        if len(saved) == 3:
            raise KeyboardInterrupt
        save(self, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(CampagneCompany, "save", stop)
        with pytest.raises(KeyboardInterrupt):
            write_campagnes(planned(*lines))
    assert [one.companies.count() for one in Campagne.objects.all()] == [1]
    plan = planned(*lines)
    assert (plan.already, write_campagnes(plan)) == (1, 1)
    assert [one.companies.count() for one in Campagne.objects.order_by("opened_on")] == [1, 2]


def test_what_a_past_campagne_put_off_is_put_off_in_the_next(planned: Planned, actor: ActorOf) -> None:
    today = actor(CODEFI).today
    until = (today + timedelta(days=40)).isoformat()
    write_campagnes(planned(line("Reportée", "2026-03-05", jusqu_au=until)))
    coming = open_campagne(actor(CODEFI), "87", "Suite", [SIRET])
    act = CampagneAct.objects.get(company__campagne=coming)
    assert (act.kind, f"{act.until:%Y-%m-%d}") == ("POSTPONE", until)
    assert act.note == "Report repris de la campagne « Printemps »."


def test_an_older_campagne_imported_later_says_nothing_of_today(planned: Planned, actor: ActorOf) -> None:
    today = actor(CODEFI).today
    write_campagnes(planned(line("Refus", ouverte_le="2026-03-02")))
    write_campagnes(planned(line("Écartée", ouverte_le="2026-03-01")))
    assert Campagne.objects.order_by("pk").last().opened_on == date(2026, 3, 1)
    assert standing_postponements(actor(CODEFI), "87") == {}
    assert today >= date(2026, 3, 1)


def test_its_page_says_that_it_was_taken_over(planned: Planned, signed_in: Callable[[str], Client]) -> None:
    write_campagnes(planned(line("Refus", note="Rappeler")))
    client = signed_in(CRP)
    assert "reprise d’un fichier" in client.get("/campagnes").content.decode()
    page = client.get(f"/campagnes/{Campagne.objects.get().pk}").content.decode()
    for shown in ("Reprise d’un fichier", "ne souhaite pas poursuivre", "12 mars 2026", "Rappeler"):
        assert shown in page
    assert "12:00" not in page, "the file gives no hour"


def test_more_companies_than_a_campagne_holds_are_left_aside(planned: Planned) -> None:
    plan = planned(*(line(siret=f"{number:014d}") for number in range(301)))
    assert plan.ready == []
    assert plan.left_aside[0].why.startswith("301 entreprises ; une campagne en compte au plus 300")


def test_the_workbook_of_a_campagne_is_such_a_file(planned: Planned) -> None:
    headings = {"Siret": SIRET, "État": "Faite", "Résultat": "injoignable", "Agent": CALLER, "Noté le": "12/03/2026"}
    about = {"departement": "87", "ouverte_le": "2026-03-01"}
    plan = planned(about | headings)
    assert (write_campagnes(plan), plan.left_aside) == (1, [])
    assert acts()[-1] == ("OUTCOME INJOIGNABLE", CALLER, "03-12")


def test_a_file_without_its_columns_is_refused(tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b\n1;2\n")
    with shelf(settings.SF_HOME).pinned() as snapshot, pytest.raises(UnreadableExport, match="departement"):
        CampagnesFile(path, snapshot, None).planned()


def test_a_title_is_taken_over_once_a_day_but_may_be_given_again_here(actor: ActorOf, planned: Planned) -> None:
    write_campagnes(planned(line("Refus")))
    same = {
        "departement": "87",
        "title": "Printemps",
        "opened_on": date(2026, 3, 1),
        "opened_by": actor(CODEFI).account,
    }
    Campagne.objects.create(**same)
    with pytest.raises(IntegrityError):
        Campagne.objects.create(**same, imported=True)
