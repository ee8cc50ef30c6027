"""One company carried from a list through a séance of the CODEFI to its closing by four agents in four browsers.

Each sees what they may and no more, nobody telephones, and the history replays from the events.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO

import docx
import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from harness.accessibility import check_accessible
from harness.agents import CODEFI, CRP, OUTSIDE, SIRET, URSSAF
from harness.replaying import replay
from harness.sessions import open_session
from harness.tiny_home import ATELIERS
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.content import content_of
from signaux_faibles.web.accompagnements.models import Event, FollowUp
from signaux_faibles.web.accounts.opening import Person, open_account
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.seances.models import Seance

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PASSWORD = "un mot de passe inventé"
DDETS = Person(
    "ddets@demo.example",
    "Claude",
    Administration.DDETS,
    "DARP",
    frozenset({"87"}),
    (Family.DGEFP, Family.DETECTION),
)
DEBT, HIGH = "52\u202f340\u00a0€", "Alerte élevée"
Four = dict[str, Page]


@pytest.fixture
def agents(chromium: Browser, live_server: LiveServer, signed_in: Callable[[str], Client]) -> Iterator[Four]:
    """A browser of their own for each of five agents, already signed in; an error of a script fails the test."""
    claude = open_session(Client(), open_account(DDETS, PASSWORD, demo=True))
    sessions = {kind: signed_in(kind) for kind in (CODEFI, CRP, URSSAF, OUTSIDE)} | {"DDETS": claude}
    errors: list[str] = []
    pages: Four = {}
    for kind, client in sessions.items():
        context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="fr-FR")
        key = client.cookies["sessionid"].value
        context.add_cookies([{"name": "sessionid", "value": key, "url": live_server.url}])
        pages[kind] = context.new_page()
        pages[kind].on("pageerror", lambda error: errors.append(str(error)))
    yield pages
    for page in pages.values():
        page.context.close()
    assert errors == []


def status(page: Page, address: str) -> int:
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def shown(page: Page) -> str:
    return page.locator("main").inner_text()


def comment(page: Page, network: str, text: str) -> None:
    circle = page.get_by_role("region", name=f"Réseau {network}")
    circle.get_by_text("Commenter", exact=True).click()
    circle.get_by_role("textbox", name="Texte").fill(text)
    circle.get_by_role("button", name="Envoyer").click()
    expect(page.get_by_text(text)).to_be_visible()


def prepare_seance(page: Page, site: str) -> Seance:
    """The secretariat prepares the séance of the day, with the four agents as members."""
    page.goto(f"{site}/seances/nouvelle")
    page.get_by_label("Département").select_option("87")
    page.get_by_label("Date").fill(today().isoformat())
    page.get_by_label("Intitulé").fill("CODEFI restreint")
    page.get_by_role("button", name="Continuer vers les membres").click()
    for who in ("Alex (Urssaf)", "Camille (DREETS)", "Claude (DDETS)"):
        page.get_by_text(who, exact=True).click()
    page.get_by_role("button", name="Enregistrer").click()
    expect(page.get_by_text("Alex (Urssaf), Camille (DREETS), Claude (DDETS), Dominique (DGFiP)")).to_be_visible()
    return Seance.objects.get()


def put_on_agenda(page: Page, site: str) -> None:
    """From the list, the secretariat ticks the company and puts it on the agenda."""
    page.goto(f"{site}/listes")
    page.get_by_label(ATELIERS.name, exact=True).check()
    page.locator("summary", has_text="Agir sur les entreprises cochées").click()
    check_accessible(page)
    page.get_by_role("button", name="Ajouter à la séance").click()
    expect(page.get_by_role("article", name=ATELIERS.name)).to_be_visible()


def decide(page: Page, kind: str, **fields: str) -> None:
    article = page.get_by_role("article", name=ATELIERS.name)
    article.get_by_text("Noter une décision").click()
    article.get_by_label("Décision", exact=True).select_option(kind)
    for label, value in fields.items():
        article.get_by_label(label.replace("_", " ")).select_option(value)
    article.get_by_role("button", name="Noter la décision").click()
    expect(page.get_by_role("article", name=ATELIERS.name).get_by_text(kind).first).to_be_visible()


def check_what_each_reads_of_the_company(agents: Four, site: str, seance: Seance) -> None:
    """By habilitation: the debt to those of the Urssaf family, the level to those of detection."""
    for kind, reads, closed in (
        (URSSAF, (DEBT,), (HIGH,)),
        ("DDETS", (HIGH,), (DEBT,)),
        (CRP, (DEBT, HIGH), ()),
    ):
        page = agents[kind]
        page.goto(f"{site}/seances/{seance.pk}")
        expect(page.get_by_role("article", name=ATELIERS.name)).to_be_visible()
        expect(page.get_by_text("Noter une décision")).to_have_count(0)
        page.get_by_role("link", name=ATELIERS.name).first.click()
        said = page.locator("main").text_content() or ""
        assert all(one in said for one in reads), kind
        assert not any(one in said for one in closed), kind
    agents[URSSAF].goto(f"{site}/listes")
    expect(agents[URSSAF].get_by_text("Cette liste ne vous est pas ouverte.")).to_be_visible()
    assert status(agents[OUTSIDE], f"{site}/seances/{seance.pk}") == 404


def work_on_it(agents: Four, site: str, follow_up: FollowUp) -> None:
    """The CRP qualifies and moves it on the board, the Urssaf writes to the director, the DDETS joins and comments."""
    at = f"{site}/accompagnements/{follow_up.pk}"
    crp, urssaf, ddets, codefi = (agents[one] for one in (CRP, URSSAF, "DDETS", CODEFI))
    crp.goto(f"{at}/informations")
    crp.get_by_label("Criticité").select_option("Criticité élevée")
    crp.locator("summary", has_text="Dispositifs").click()
    crp.get_by_label("Délai ou sursis Urssaf").select_option("demandé")
    crp.get_by_role("button", name="Enregistrer").click()
    comment(crp, "CRP", "Repreneur possible dans la filière")
    comment(crp, "CODEFI", "Le dirigeant vient jeudi")
    assert status(codefi, f"{site}/kanban") == 404
    crp.get_by_label("Déplacer vers").select_option("Suivi en cours")
    crp.get_by_role("button", name="Déplacer").click()

    urssaf.goto(at)
    assert "Le dirigeant vient jeudi" in shown(urssaf)
    assert "Repreneur possible" not in shown(urssaf)
    urssaf.get_by_role("link", name="Écrire au dirigeant").click()
    check_accessible(urssaf)
    assert "score" not in urssaf.locator(".sf-letter").inner_text()
    urssaf.get_by_role("button", name="Noter").click()
    expect(urssaf.get_by_text(re.compile("Courrier envoyé, le"))).to_be_visible()

    ddets.goto(at)
    expect(ddets.get_by_text("Alex (Urssaf)", exact=True).first).to_be_visible()
    assert "Courrier au dirigeant" in shown(ddets)
    expect(ddets.get_by_role("link", name="Modifier les informations")).to_have_count(0)
    codefi.goto(f"{at}/contributeurs")
    codefi.get_by_role("group", name="Participants").get_by_text("Claude (DDETS)", exact=True).click()
    codefi.get_by_role("button", name="Enregistrer").click()
    ddets.goto(at)
    comment(ddets, "CODEFI", "Activité partielle accordée")


def close_it(page: Page, site: str, follow_up: FollowUp) -> None:
    page.goto(f"{site}/accompagnements/{follow_up.pk}/cloture")
    page.get_by_label("Issue").select_option("Difficultés résolues")
    page.get_by_role("button", name="Terminer l’accompagnement").click()
    expect(page.get_by_text("Accompagnement terminé.")).to_be_visible()


def test_from_the_list_to_the_closing_without_telephone(agents: Four, live_server: LiveServer) -> None:
    site, codefi = live_server.url, agents[CODEFI]
    seance = prepare_seance(codefi, site)
    put_on_agenda(codefi, site)
    check_what_each_reads_of_the_company(agents, site, seance)
    codefi.goto(f"{site}/seances/{seance.pk}")
    decide(codefi, "Ouvrir un accompagnement")
    decide(codefi, "Confier à", Confier_à="Camille (DREETS)")
    follow_up = FollowUp.objects.get()
    work_on_it(agents, site, follow_up)
    close_it(agents[CRP], site, follow_up)

    with agents[URSSAF].expect_download() as download:
        agents[URSSAF].goto(f"{site}/seances/{seance.pk}")
        agents[URSSAF].get_by_role("link", name="Relevé de décisions (Word)").click()
    paper = docx.Document(BytesIO(download.value.path().read_bytes()))
    assert any("Confier à Camille (DREETS)" in one.text for one in paper.paragraphs)

    for kind in (CODEFI, CRP, URSSAF, "DDETS"):
        agents[kind].goto(f"{site}/accompagnements/{follow_up.pk}")
        assert "Difficultés résolues" in shown(agents[kind]), kind
        assert ("Repreneur possible" in shown(agents[kind])) is (kind == CRP)
        expect(agents[kind].get_by_role("link", name="Modifier les informations")).to_have_count(0)
    for address in (f"/accompagnements/{follow_up.pk}", f"/accompagnements/{follow_up.pk}/historique"):
        assert status(agents[OUTSIDE], site + address) == 404

    follow_up.refresh_from_db()
    events = Event.objects.filter(follow_up=follow_up)
    assert replay(events.exclude(version=None).order_by("version")) == content_of(follow_up)
    assert {one.author.name for one in events.select_related("author")} == {"Dominique", "Camille", "Alex", "Claude"}
    agents[CRP].goto(f"{site}/accompagnements/{follow_up.pk}/historique")
    history = shown(agents[CRP])
    for agent, did in (
        ("Dominique (DGFiP)", "a ouvert l’accompagnement"),
        ("Dominique (DGFiP)", "a changé les contributeurs"),
        ("Camille (DREETS)", "a modifié les informations"),
        ("Alex (Urssaf)", "a été en relation avec l’entreprise"),
        ("Claude (DDETS)", "a commenté"),
        ("Camille (DREETS)", "a terminé l’accompagnement"),
    ):
        assert f"{agent} {did}" in history
    assert follow_up.siret == SIRET
