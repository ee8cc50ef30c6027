"""Past séances taken over: companies, decisions as they were said, members, once; they change no follow-up."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pytest_django import Settings

from harness.agents import CODEFI, CRP, PLACE, SIRET
from harness.tiny_home import CEVENOL
from signaux_faibles.web.accompagnements.acts import Actor, open_on
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.seances.models import Decision, Seance
from signaux_faibles.web.seances.preparing import Terms, create, to_review
from signaux_faibles.web.takeover.parsed import Plan, UnreadableExport
from signaux_faibles.web.takeover.past.seances import ReadySeance, SeancesFile
from signaux_faibles.web.takeover.past.seances_writing import write_seances

pytestmark = pytest.mark.django_db
ActorOf = Callable[[str], Actor]
Planned = Callable[..., Plan[ReadySeance]]
HEADER = "departement;date;intitule;siret;decision;texte;revoir_le;confie_a;reorientation;issue;auteur;membres"
AUTHOR = "codefi@demo.example"


@pytest.fixture
def planned(actor: ActorOf, settings: Settings, tmp_path: Path) -> Planned:
    for kind in (CODEFI, CRP):
        actor(kind)

    def plan(*lines: str, stand_in: Account | None = None) -> Plan[ReadySeance]:
        path = tmp_path / "seances.csv"
        path.write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
        with shelf(settings.SF_HOME).pinned() as snapshot:
            return SeancesFile(path, snapshot, stand_in).planned()

    return plan


def line(siret: str = SIRET, decision: str = "", **others: str) -> str:
    held = {"departement": "87", "date": "12/03/2026", "intitule": "CODEFI restreint", "auteur": AUTHOR}
    held |= {"siret": siret, "decision": decision} | others
    return ";".join(held.get(name, "") for name in HEADER.split(";"))


@pytest.mark.parametrize(
    ("decision", "others", "words"),
    [
        ("Ouvrir un accompagnement", {}, "Ouvrir un accompagnement"),
        ("Confier à", {"confie_a": "CRP@demo.example"}, "Confier à Camille (DREETS)"),
        ("Réorientation", {"reorientation": "CCI"}, "Réorienter : CCI"),
        ("Classer", {"issue": "Difficultés résolues"}, "Classer : Difficultés résolues"),
        ("sans suite", {}, "Classer"),
        ("À revoir", {"revoir_le": "2026-06-01"}, "Revoir le 1er juin 2026"),
    ],
)
def test_a_decision_is_read_as_it_was_said(planned: Planned, decision: str, others: dict[str, str], words: str) -> None:
    plan = planned(line(decision=decision, texte="Vu", **others))
    assert (write_seances(plan), plan.left_aside) == (1, [])
    one = Decision.objects.get()
    assert (one.words, one.text, one.author.email) == (words, "Vu", AUTHOR)
    assert one.at.date() == date(2026, 3, 12)
    assert not Event.objects.exists(), "what was decided then was done then"


def test_a_seance_keeps_its_agenda_its_members_and_several_decisions(planned: Planned) -> None:
    members = f"{AUTHOR}, crp@demo.example"
    plan = planned(
        line(f"{CEVENOL.siren}00010", membres=members),
        line(decision="Ouvrir", membres="parti@demo.example"),
        line(decision="Confier", confie_a="crp@demo.example"),
        line(decision="Classer", date="2026-04-02"),
    )
    assert write_seances(plan) == 2
    first, second = Seance.objects.order_by("on")
    assert [one.siret for one in first.companies.all()] == [f"{CEVENOL.siren}00010", SIRET]
    assert [one.account.email for one in first.members.order_by("pk")] == [AUTHOR, "crp@demo.example"]
    assert [one.kind for one in Decision.objects.order_by("pk")] == ["OUVRIR", "CONFIER", "CLASSER"]
    assert second.on == date(2026, 4, 2)
    assert [one.why for one in plan.left_aside] == [
        "parti@demo.example n'a pas de compte : la séance est reprise sans ce membre."
    ]


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"departement": "Zubrowka"}, "« Zubrowka » n'est pas un département."),
        ({"date": "mars"}, "« mars » n'est pas une date."),
        ({"date": "2099-01-01"}, "Séance à venir : préparez-la dans l'application."),
        ({"siret": "99999999900010"}, "« 99999999900010 » n'est pas un siret du répertoire."),
        ({"decision": "Applaudir"}, "Décision « Applaudir » inconnue."),
        ({"decision": "Revoir le"}, "« Revoir le » sans date."),
        ({"decision": "Réorienter"}, "« Réorienter » sans réorientation."),
        ({"decision": "Confier à", "confie_a": "x@x.fr"}, "« Confier à » sans adresse d'une personne qui a un compte."),
        ({"auteur": "parti@demo.example"}, "Aucun auteur de cette séance n'a de compte."),
    ],
)
def test_what_cannot_be_taken_over_is_left_aside_with_its_reason(
    planned: Planned, changes: dict[str, str], why: str
) -> None:
    plan = planned(line(**({"decision": "Classer"} | changes)))
    write_seances(plan)
    assert [one.why for one in plan.left_aside] == [why]
    assert not Decision.objects.exists()


@pytest.mark.parametrize(
    ("changes", "kept", "why"),
    [
        ({"texte": "Conciliation en cours"}, "", "nomme une procédure amiable"),
        ({"texte": "x" * 2_001}, "x" * 2_000, "passe 2000 caractères : il est coupé"),
        ({"texte": "Vu", "issue": "Miracle"}, "Vu", "Issue « Miracle » inconnue"),
    ],
)
def test_what_all_would_read_is_what_a_form_would_take(
    planned: Planned, changes: dict[str, str], kept: str, why: str
) -> None:
    plan = planned(line(decision="Classer", **changes))
    write_seances(plan)
    assert Decision.objects.get().text == kept
    assert why in plan.left_aside[0].why


def test_a_title_that_names_an_amicable_procedure_is_not_kept(planned: Planned) -> None:
    write_seances(planned(line(decision="Classer", intitule="Mandat ad hoc")))
    assert Seance.objects.get().title == "CODEFI"


def test_a_stand_in_signs_and_names_the_author(planned: Planned, actor: ActorOf) -> None:
    write_seances(
        planned(line(decision="Classer", texte="Vu", auteur="parti@demo.example"), stand_in=actor(CRP).account)
    )
    one = Decision.objects.get()
    assert (one.author, one.text) == (actor(CRP).account, "(Noté par parti@demo.example.) Vu")


def test_the_department_may_be_named(planned: Planned) -> None:
    write_seances(planned(line(departement="Haute-Vienne", decision="Classer")))
    assert Seance.objects.get().departement == "87"


def test_a_second_import_and_a_seance_of_ours_write_nothing(planned: Planned, actor: ActorOf) -> None:
    write_seances(planned(line(decision="Classer")))
    plan = planned(line(decision="Classer"), line(decision="Ouvrir", intitule="codefi RESTREINT"))
    assert (plan.ready, plan.already, write_seances(plan)) == ([], 1, 0)
    today = actor(CODEFI).today
    create(actor(CODEFI), "87", Terms(today, "CODEFI", ()))
    assert planned(line(decision="Classer", date=today.isoformat(), intitule="CODEFI")).already == 1


def test_a_decision_names_the_follow_up_that_went_on(planned: Planned, actor: ActorOf) -> None:
    opened = open_on(actor(CODEFI), PLACE, {}, {}, {})
    FollowUp.objects.update(opened_on=date(2026, 3, 20))
    write_seances(
        planned(line(decision="Classer"), line(decision="Ouvrir"), line(decision="Classer", date="2026-04-01"))
    )
    assert [one.follow_up for one in Decision.objects.order_by("pk")] == [None, opened, opened]


def test_what_was_to_be_reviewed_is_proposed_for_the_next_seance(planned: Planned, actor: ActorOf) -> None:
    write_seances(planned(line(decision="Revoir le", revoir_le="2026-06-01")))
    coming = create(actor(CODEFI), "87", Terms(actor(CODEFI).today, "CODEFI", ()))
    assert to_review(coming) == [SIRET]


def test_a_file_without_its_columns_is_refused(planned: Planned, tmp_path: Path, settings: Settings) -> None:
    path = tmp_path / "x.csv"
    path.write_text("a;b\n1;2\n")
    with shelf(settings.SF_HOME).pinned() as snapshot, pytest.raises(UnreadableExport, match="departement"):
        SeancesFile(path, snapshot, None).planned()
