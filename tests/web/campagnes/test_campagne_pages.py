"""A campagne de contact from its opening to its export, through the pages that agents use."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import openpyxl
import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PRODUCT, SIRET, URSSAF
from harness.pages import text
from harness.tiny_home import ATELIERS, BRETONNE, ELEONORE, HEALTHY, MASKED
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import Approach, FollowUp
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.campagnes import running, taking
from signaux_faibles.web.campagnes.models import Campagne, CampagneAct
from signaux_faibles.web.campagnes.standing import ActKind, Status
from signaux_faibles.web.journal.models import Entry
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Segment

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
READ = ("", "export.xlsx")
ACTS = ("entreprises", "cloture", "entreprises/{}/prise", "entreprises/{}/resultat")


def at(campagne: Campagne, act: str = "") -> str:
    return f"/campagnes/{campagne.pk}" + (f"/{act}" if act else "")


def post(client: Client, campagne: Campagne, act: str, status: int = 302, siret: str = SIRET, **values: object) -> str:
    """Act on a company of the campagne."""
    company = campagne.companies.get(siret=siret).pk
    answer = client.post(at(campagne, f"entreprises/{company}/{act}"), values)
    assert answer.status_code == status, answer.content.decode()
    return answer.content.decode()


def section(page: str, name: str) -> str:
    """The part of the page under a heading."""
    return page.split(f'aria-labelledby="{name}"')[1].split("</section>")[0]


def test_a_department_shares_out_its_calls(browser: Browser) -> None:
    codefi, crp, urssaf = browser(CODEFI), browser(CRP), browser(URSSAF)
    assert ">Campagnes</a>" in text(codefi, "/")
    assert "Ouvrir une campagne" in text(codefi, "/campagnes")
    new = {"departement": "87", "title": "Métallurgie", "identifiers": f"{ATELIERS.siren}\n{MASKED.siren}00010"}
    answer = codefi.post("/campagnes/nouvelle", new)
    campagne = Campagne.objects.get()
    assert answer.headers["Location"] == at(campagne)
    assert "2 entreprises" in text(crp, "/campagnes")
    page = text(crp, at(campagne))
    assert "À contacter : 2" in page
    assert ATELIERS.name in section(page, "a-contacter")
    assert "Dénomination non diffusible" in page
    assert "Clore la campagne" not in page
    post(crp, campagne, "prise")
    assert ATELIERS.name in section(text(crp, at(campagne)), "par-moi")
    seen = section(text(urssaf, at(campagne)), "par-les-autres")
    assert ATELIERS.name in seen
    assert "Camille (DREETS)" in seen
    assert "Noter le résultat" not in seen
    post(crp, campagne, "resultat", answer="BESOIN", note="Rappeler **lundi**")
    done = section(text(urssaf, at(campagne)), "faites")
    for shown in (
        "Faite : a besoin d’être accompagnée",
        "Rappeler **lundi**",
        f"/etablissements/{SIRET}/accompagnement",
    ):
        assert shown in done
    page = text(urssaf, at(campagne))
    assert "résultats : a besoin d’être accompagnée (1)" in page
    assert "Camille (DREETS) : 0 en cours, 1 faite" in page
    assert codefi.post(at(campagne, "cloture")).status_code == 302
    assert "Je prends contact" not in text(urssaf, at(campagne))
    assert "close le" in text(crp, "/campagnes")


def test_the_one_who_comes_second_is_informed_who_took_it_and_when(browser: Browser, campagne: Campagne) -> None:
    post(browser(CRP), campagne, "prise")
    page = post(browser(URSSAF), campagne, "prise", 409)
    assert "Camille (DREETS) a pris cette entreprise le " in page
    post(browser(CRP), campagne, "prise")  # again: it is theirs already
    assert CampagneAct.objects.count() == 1
    post(browser(CRP), campagne, "resultat", answer="REFUS")
    assert "Camille (DREETS) a noté « ne souhaite pas poursuivre » le " in post(browser(URSSAF), campagne, "prise", 409)


@pytest.mark.parametrize("outcome", ["BESOIN", "REFUS", "INDEMNE", "INJOIGNABLE"])
def test_a_result_shows_everywhere_that_the_company_was_called(
    browser: Browser, actor: Actors, campagne: Campagne, outcome: str
) -> None:
    post(browser(CRP), campagne, "prise")
    assert not Approach.objects.exists()
    post(browser(CRP), campagne, "resultat", answer=outcome)
    noted = Approach.objects.get()
    assert (noted.siret, noted.account, noted.on) == (SIRET, actor(CRP).account, today())
    assert noted.subject == "Campagne de contact du CODEFI"
    assert noted.subject in text(browser(URSSAF), f"/etablissements/{SIRET}")
    other = running.open_campagne(actor(CODEFI), "87", "Autre", [SIRET])
    assert "par Camille (DREETS)" in section(text(browser(URSSAF), at(other)), "a-contacter")


def test_a_result_is_noted_on_the_open_follow_up(browser: Browser, campagne: Campagne, follow_up: FollowUp) -> None:
    post(browser(CRP), campagne, "prise")
    post(browser(CRP), campagne, "resultat", answer="INDEMNE")
    assert follow_up.events.order_by("-pk")[0].kind == "CALLED"


@pytest.mark.parametrize(
    ("values", "status", "said"),
    [
        ({}, 422, ""),
        ({"answer": "REPORTER"}, 422, "Donnez le jour où l’entreprise sera de nouveau à contacter."),
        ({"answer": "REPORTER", "until": "2020-01-01"}, 422, "Donnez un jour à venir."),
        ({"answer": "REPORTER", "until": "demain"}, 422, "Ce n’est pas une date."),
        ({"answer": "REFUS", "note": "Mandat ad hoc en cours"}, 422, "n’y nommez pas une procédure amiable"),
        ({"answer": "REPORTER", "until": "2099-01-01"}, 302, "Reportée jusqu’au 1er janvier 2099"),
        ({"answer": "ECARTER"}, 302, "Écartée"),
        ({"answer": "RENDRE"}, 302, "À contacter : 2"),
    ],
)
def test_what_may_be_said_of_a_company(
    browser: Browser, campagne: Campagne, values: dict[str, str], status: int, said: str
) -> None:
    crp = browser(CRP)
    post(crp, campagne, "prise")
    page = post(crp, campagne, "resultat", status, **values)
    assert said in (page if status == 422 else text(crp, at(campagne)))
    assert CampagneAct.objects.count() == (1 if status == 422 else 2)
    assert not Approach.objects.exists()


def test_only_the_one_who_holds_it_answers(browser: Browser, campagne: Campagne) -> None:
    assert "Seul l’agent qui a pris" in post(browser(CODEFI), campagne, "resultat", 403, answer="REFUS")
    post(browser(CRP), campagne, "prise")
    assert "Seul l’agent qui a pris" in post(browser(CODEFI), campagne, "resultat", 403, answer="REFUS")
    assert CampagneAct.objects.count() == 1


def test_a_postponed_company_comes_back_by_itself(actor: Actors, campagne: Campagne, browser: Browser) -> None:
    company = campagne.companies.get(siret=SIRET)
    yesterday = today() - timedelta(days=1)
    CampagneAct(company=company, kind="POSTPONE", until=yesterday, author=actor(CRP).account).save()
    assert "À contacter : 2" in text(browser(CRP), at(campagne))


def postpone(who: Actor, campagne: Campagne, until: date | None, siret: str = SIRET) -> None:
    company = campagne.companies.get(siret=siret).pk
    taking.take(who, campagne.pk, company)
    taking.answer(who, campagne.pk, company, taking.CallReport(ActKind.POSTPONE, until=until))


@pytest.mark.parametrize("until", [None, date(2099, 1, 1)])
def test_a_postponement_is_carried_over(
    browser: Browser, actor: Actors, campagne: Campagne, until: date | None
) -> None:
    postpone(actor(CRP), campagne, until)
    new = {"departement": "87", "title": "Suite", "identifiers": ELEONORE.siren, "carry": "on"}
    assert browser(CODEFI).post("/campagnes/nouvelle", new).status_code == 302
    later = Campagne.objects.get(title="Suite")
    assert set(later.companies.values_list("siret", flat=True)) == {f"{ELEONORE.siren}00010", SIRET}
    carried = CampagneAct.objects.get(company__campagne=later)
    assert (carried.company.siret, carried.until) == (SIRET, until)
    assert "Report repris de la campagne « Métallurgie, novembre »." in text(browser(CRP), at(later))


def test_only_what_still_waits_is_carried_over(actor: Actors, campagne: Campagne) -> None:
    healthy = f"{HEALTHY.siren}00010"
    postpone(actor(CRP), campagne, date(2099, 1, 1))
    postpone(actor(CRP), campagne, None, healthy)
    taking.take(actor(URSSAF), campagne.pk, campagne.companies.get(siret=SIRET).pk)
    assert set(running.standing_postponements(actor(CODEFI), "87")) == {healthy}
    assert not running.standing_postponements(actor(CODEFI), "30")


def test_a_new_campagne_keeps_to_the_capacity(browser: Browser) -> None:
    typed = f"{ATELIERS.siren} {ELEONORE.siren} {MASKED.siren}"
    new = {"departement": "87", "title": "Courte", "identifiers": typed, "capacity": "2"}
    assert browser(CODEFI).post("/campagnes/nouvelle", new).status_code == 302
    kept = [siret[:9] for siret in Campagne.objects.get().companies.values_list("siret", flat=True)]
    assert kept == [ATELIERS.siren, ELEONORE.siren]


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"title": "Conciliation"}, "n’y nommez pas une procédure amiable"),
        ({"identifiers": "12"}, "Ni siren ni siret : 12."),
        ({"identifiers": BRETONNE.siren}, "Sans établissement dans le département 87"),
        ({"departement": "35"}, ""),
        ({"capacity": "0"}, "Donnez un nombre d’au moins 1."),
    ],
)
def test_a_refused_campagne_opens_nothing(browser: Browser, changed: dict[str, str], said: str) -> None:
    new = {"departement": "87", "title": "Métallurgie", "identifiers": ATELIERS.siren} | changed
    answer = browser(CODEFI).post("/campagnes/nouvelle", new)
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert not Campagne.objects.exists()


def test_companies_are_added_after_the_others_and_once(
    browser: Browser, campagne: Campagne, monkeypatch: pytest.MonkeyPatch
) -> None:
    codefi, before = browser(CODEFI), list(campagne.companies.values_list("siret", flat=True))
    assert codefi.post(at(campagne, "entreprises"), {"identifiers": BRETONNE.siren}).status_code == 422
    added = {"identifiers": f"{ATELIERS.siren} {ELEONORE.siren}"}
    assert codefi.post(at(campagne, "entreprises"), added).status_code == 302
    assert list(campagne.companies.values_list("siret", flat=True)) == [*before, f"{ELEONORE.siren}00010"]
    monkeypatch.setattr("signaux_faibles.web.campagnes.running.MOST_COMPANIES", 3)
    assert codefi.post(at(campagne, "entreprises"), {"identifiers": MASKED.siren}).status_code == 409
    new = {"departement": "87", "title": "Trop", "identifiers": f"{ATELIERS.siren} {ELEONORE.siren} {MASKED.siren}"}
    assert codefi.post("/campagnes/nouvelle", new).status_code == 302
    monkeypatch.setattr("signaux_faibles.web.campagnes.running.MOST_COMPANIES", 2)
    assert codefi.post("/campagnes/nouvelle", new).status_code == 422


def test_the_workbook_is_read_again_and_written_in_the_journal(browser: Browser, campagne: Campagne) -> None:
    post(browser(CRP), campagne, "prise")
    post(browser(CRP), campagne, "resultat", answer="BESOIN", note="=1+1")
    answer = browser(URSSAF).get(at(campagne, "export.xlsx"))
    book = openpyxl.load_workbook(BytesIO(answer.getvalue()))
    first, second = book.worksheets
    rows = [[cell.value for cell in row] for row in first.iter_rows()]
    assert rows[1][:2] == [ATELIERS.name, SIRET]
    assert [rows[1][n] for n in (3, 4, 5, 8)] == [
        "Faite", "a besoin d’être accompagnée", "Camille (DREETS)", "=1+1"
    ]  # fmt: skip
    assert first["I2"].data_type == "s"
    assert (rows[2][3], rows[2][5]) == (Status.A_CONTACTER.value, None)
    assert ("Campagne", "Métallurgie, novembre") in [(row[0].value, row[1].value) for row in second.iter_rows()]
    entry = Entry.objects.get(kind="EXPORT")
    assert (entry.subject, entry.account) == (f"campagne {campagne.pk}", "urssaf@demo.example")
    assert SIRET in entry.detail


@pytest.mark.parametrize("kind", [OUTSIDE, PRODUCT])
def test_whoever_is_not_of_the_department_finds_no_campagne(browser: Browser, campagne: Campagne, kind: str) -> None:
    client, company = browser(kind), campagne.companies.all()[0].pk
    for act in (*READ, *ACTS):
        assert client.get(at(campagne, act.format(company))).status_code == 404, act
    for act in ACTS:
        answer = client.post(at(campagne, act.format(company)), {"identifiers": ELEONORE.siren, "answer": "REFUS"})
        assert answer.status_code == 404, act
    assert not CampagneAct.objects.exists()
    listed = client.get("/campagnes")
    assert campagne.title not in listed.content.decode()
    assert listed.status_code == (404 if kind == PRODUCT else 200)


@pytest.mark.parametrize("segment", [Segment.CRP_SUPPORT, Segment.OTHER])
def test_other_networks_do_not_know_of_campagnes(
    browser: Browser, actor: Actors, campagne: Campagne, segment: Segment
) -> None:
    Account.objects.filter(pk=actor(CRP).account.pk).update(segment=segment.name)
    for address in ("/campagnes", "/campagnes/nouvelle", at(campagne), at(campagne, "export.xlsx")):
        assert browser(CRP).get(address).status_code == 404
        assert browser(CRP).post(address).status_code in (404, 405)
    assert ">Campagnes</a>" not in text(browser(CRP), "/")


@pytest.mark.parametrize("kind", [CRP, URSSAF, DARP])
def test_the_network_takes_and_does_not_run(browser: Browser, campagne: Campagne, kind: str) -> None:
    client = browser(kind)
    for act in READ:
        answer = client.get(at(campagne, act))
        answer.close()
        assert answer.status_code == 200
    for act in ("entreprises", "cloture"):
        refused = client.post(at(campagne, act), {"identifiers": ELEONORE.siren})
        assert refused.status_code == 403
        assert "Seul le secrétariat permanent" in refused.content.decode()
    new = {"departement": "87", "title": "x", "identifiers": ATELIERS.siren}
    assert client.post("/campagnes/nouvelle", new).status_code == 403
    assert Campagne.objects.get().closed_on is None
    post(client, campagne, "prise")


def test_a_closed_campagne_changes_no_more(browser: Browser, campagne: Campagne) -> None:
    post(browser(CRP), campagne, "prise")
    assert browser(CODEFI).post(at(campagne, "cloture")).status_code == 302
    assert "La campagne est close" in post(browser(CRP), campagne, "resultat", 403, answer="REFUS")
    assert "La campagne est close" in post(browser(URSSAF), campagne, "prise", 403, f"{HEALTHY.siren}00010")
    for act in ("entreprises", "cloture"):
        assert browser(CODEFI).post(at(campagne, act), {"identifiers": ELEONORE.siren}).status_code == 403
    assert "Noter le résultat" not in text(browser(CRP), at(campagne))


def test_a_company_is_taken_in_its_own_campagne(browser: Browser, actor: Actors, campagne: Campagne) -> None:
    other = running.open_campagne(actor(CODEFI), "87", "Autre", [f"{ELEONORE.siren}00010"])
    foreign = campagne.companies.get(siret=SIRET).pk
    for act in ("prise", "resultat"):
        assert browser(CRP).post(at(other, f"entreprises/{foreign}/{act}"), {"answer": "REFUS"}).status_code == 404
    assert browser(CRP).get(at(campagne, f"entreprises/{foreign}/prise")).headers["Location"] == at(campagne)
    assert not CampagneAct.objects.exists()


@pytest.mark.parametrize("word", ["score", "alerte", "dette", "risque", "détection"])
def test_nothing_says_why_a_company_is_called(browser: Browser, campagne: Campagne, word: str) -> None:
    post(browser(CRP), campagne, "prise")
    page = text(browser(URSSAF), at(campagne))
    assert word not in page.split("<main")[1].split("</main>")[0].lower()
