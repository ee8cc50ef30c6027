"""Letters to directors from the pages that agents use: preview, file, steps, models, the neutral sheet."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from html import unescape
from io import BytesIO

import docx
import pytest
from django.test import Client

from harness.agents import CODEFI, CRP, DARP, OUTSIDE, PRODUCT, SIRET, URSSAF
from harness.pages import text
from harness.tiny_home import ATELIERS, BRETONNE, CLOSED, ELEONORE, HEALTHY, MASKED
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.contacts import courtesy, touches_of
from signaux_faibles.web.accompagnements.models import Approach, Event, FollowUp, Reference
from signaux_faibles.web.alert_work.forms import MOST_ALERTS
from signaux_faibles.web.courriers.dispositifs import CONFIDENTIAL_WAYS
from signaux_faibles.web.courriers.models import LetterStep, Template
from signaux_faibles.web.courriers.steps import LetterStepKind
from signaux_faibles.web.request import today

pytestmark = pytest.mark.django_db
Browser = Callable[[str], Client]
Actors = Callable[[str], Actor]
AT = f"/etablissements/{SIRET}/courrier"
MODEL = "/courriers/modeles/URSSAF/FIRST"


def words(document: bytes) -> str:
    """Every word of a DOCX, one paragraph or cell per line."""
    read = docx.Document(BytesIO(document))
    cells = [cell.text for table in read.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(one.text for one in read.paragraphs), *cells])


def note(client: Client, step: str, **values: str) -> int:
    return client.post(AT, {"step": step, "on": today().isoformat(), **values}).status_code


def test_a_letter_is_seen_downloaded_and_holds_the_register_and_the_sender_alone(browser: Browser) -> None:
    urssaf = browser(URSSAF)
    assert f'href="{AT}"' in text(urssaf, f"/etablissements/{SIRET}")
    page = text(urssaf, AT)
    letter = words(urssaf.get(f"{AT}.docx").content)
    sender = ("Alex, Urssaf", "urssaf@demo.example", "l’Urssaf vous propose un échange sur ATELIERS DU LIMOUSIN")
    for said in ("87000 LIMOGES", "charte de confiance", *sender):
        assert said in page
        assert said in letter
    assert "Données fictives" in letter
    for hidden in ("52 340", "42 %", "élevée", "score", "alerte", "rang"):
        assert hidden not in letter
    assert "relance" in words(urssaf.get(f"{AT}.docx?modele=REMINDER").content)


def test_two_readings_give_the_same_bytes(browser: Browser) -> None:
    urssaf = browser(URSSAF)
    assert urssaf.get(f"{AT}.docx").content == urssaf.get(f"{AT}.docx").content


def test_a_unit_that_is_not_disseminated_is_completed_by_hand(browser: Browser) -> None:
    letter = words(browser(URSSAF).get(f"/etablissements/{MASKED.siren}00010/courrier.docx").content)
    assert "à compléter à la main" in letter
    assert "votre entreprise" in letter
    assert "Limoges" in letter
    assert "RUE" not in letter


def test_steps_are_contacts_of_the_zone_and_set_the_courtesy(
    browser: Browser, actor: Actors, follow_up: FollowUp
) -> None:
    urssaf = browser(URSSAF)
    assert note(urssaf, "SENT") == 302
    assert note(urssaf, "REFUSED") == 302
    first, second = Approach.objects.order_by("pk")
    assert (first.channel, first.subject) == ("LETTER", "Courrier au dirigeant")
    assert second.subject == "Réponse au courrier au dirigeant"
    assert Event.objects.filter(follow_up=follow_up, kind="CALLED", author=actor(URSSAF).account).count() == 2
    assert [one.version for one in LetterStep.objects.order_by("pk")] == [0, None]
    seen = courtesy(touches_of(SIRET, actor(CRP), "87"), today())
    assert seen is not None
    assert seen.who == "Alex (Urssaf)"
    assert courtesy(touches_of(SIRET, actor(CRP), "87"), today() + timedelta(days=14)) is None
    assert "Le dirigeant ne souhaite pas d’échange" in text(urssaf, AT)
    for kind in (CRP, DARP):
        page = text(browser(kind), AT)
        assert "Alex (Urssaf)</strong> a été en relation" in page
        assert "ne souhaite pas d’échange, le" not in page


def test_what_came_of_a_letter_is_read_by_who_carries_the_follow_up(browser: Browser, follow_up: FollowUp) -> None:
    urssaf, carrier = browser(URSSAF), browser(CODEFI)
    assert note(urssaf, "SENT") == 302
    assert note(urssaf, "ANSWERED") == 302
    assert follow_up.siret == SIRET
    heading, answer = '<h3 class="fr-h6">Urssaf</h3>', LetterStepKind.ANSWERED.value
    page = text(carrier, AT)
    assert heading in page
    assert f"<li>{answer}, le" in page
    assert heading not in text(browser(CRP), AT)
    assert heading not in text(urssaf, AT)


@pytest.mark.parametrize("step", ["REMINDED", "ANSWERED", "REFUSED", "toto", ""])
def test_a_step_that_does_not_follow_is_refused(browser: Browser, step: str) -> None:
    assert note(browser(URSSAF), step) == 422
    assert not LetterStep.objects.exists()


def test_a_double_click_notes_once(browser: Browser) -> None:
    urssaf = browser(URSSAF)
    assert [note(urssaf, "SENT"), note(urssaf, "SENT")] == [302, 422]
    assert Approach.objects.count() == 1


def test_a_day_to_come_and_a_day_before_the_last_step_are_refused(browser: Browser) -> None:
    urssaf = browser(URSSAF)
    assert note(urssaf, "SENT", on=(today() + timedelta(days=1)).isoformat()) == 422
    assert note(urssaf, "SENT") == 302
    assert note(urssaf, "ANSWERED", on=(today() - timedelta(days=3)).isoformat()) == 409


@pytest.mark.parametrize(
    ("kind", "siret", "status"),
    [
        (URSSAF, SIRET, 200),
        (CRP, SIRET, 200),
        (OUTSIDE, SIRET, 403),
        (PRODUCT, SIRET, 403),
        (URSSAF, f"{BRETONNE.siren}00010", 403),
        (URSSAF, f"{CLOSED.siren}00010", 403),
        (URSSAF, "00000000000000", 404),
    ],
)
def test_who_writes_to_whom(browser: Browser, kind: str, siret: str, status: int) -> None:
    for suffix in ("", ".docx"):
        assert browser(kind).get(f"/etablissements/{siret}/courrier{suffix}").status_code == status
    answer = browser(kind).post(f"/etablissements/{siret}/courrier", {"step": "SENT", "on": today().isoformat()})
    assert answer.status_code == (302 if status == 200 else status)


def select(client: Client, *sirens: str, **values: str) -> bytes:
    sent = {"liste": "2", "query": "level=elevee", "siren": list(sirens), **values}
    return client.post("/selection/courriers", sent).content


def test_a_selection_is_merged_in_one_file_and_noted_at_once(browser: Browser, actor: Actors) -> None:
    urssaf = browser(URSSAF)
    page = select(urssaf, ATELIERS.siren, ELEONORE.siren, BRETONNE.siren, CLOSED.siren).decode()
    assert "Courriers aux dirigeants : 2 sur 4" in page
    assert "Aucun établissement dans votre zone." in page
    assert "L’établissement est fermé" in page
    letters = words(select(urssaf, ATELIERS.siren, ELEONORE.siren, telecharger="oui"))
    assert letters.count("Madame, Monsieur,\n") == 2
    assert letters.index("ATELIERS DU LIMOUSIN") < letters.index("BOULANGERIE ÉLÉONORE")
    done = select(urssaf, ATELIERS.siren, ELEONORE.siren, BRETONNE.siren, noter="oui", on=today().isoformat()).decode()
    assert ": 2 entreprises" in done
    assert 'href="/listes/2?level=elevee"' in done
    assert LetterStep.objects.count() == 2
    again = select(urssaf, ATELIERS.siren).decode()
    assert "Votre administration lui a déjà écrit" in again
    assert "Courriers aux dirigeants : 1 sur 1" in select(urssaf, ATELIERS.siren, modele="REMINDER").decode()
    crp = select(browser(CRP), ATELIERS.siren, HEALTHY.siren).decode()
    assert "Alex (Urssaf)</strong> a été en relation" in crp
    assert f'value="{SIRET}" id="ecrire-{SIRET}">' in crp, "whom a colleague has just written to is not ticked"
    assert f'id="ecrire-{HEALTHY.siren}00010" checked' in crp


COMPANY_QUERY = "liste=2&filtres=level%3Delevee"
CAME_FROM = {
    "a filtered list": ({}, "/listes/2?level=elevee"),
    "the page of a company": (
        {"entreprise": ATELIERS.siren, "query": COMPANY_QUERY},
        f"/entreprises/{ATELIERS.siren}?{COMPANY_QUERY}".replace("&", "&amp;"),
    ),
    "a company that is none": ({"entreprise": "../..", "query": "level=elevee"}, "/listes/2?level=elevee"),
    "digits that are no siren": ({"entreprise": "1" * 40, "query": "level=elevee"}, "/listes/2?level=elevee"),
}


@pytest.mark.parametrize(("sent", "back"), CAME_FROM.values(), ids=CAME_FROM)
def test_letters_lead_back_to_where_the_selection_was_made(browser: Browser, sent: dict[str, str], back: str) -> None:
    crp = browser(CRP)
    first = select(crp, ATELIERS.siren, **sent).decode()
    assert f'href="{back}">Revenir' in first
    form = first[first.index('action="/selection/courriers"') :].partition("</form>")[0]
    kept = {name: unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', form)}
    again = crp.post("/selection/courriers", {name: kept[name] for name in kept if name != "csrfmiddlewaretoken"})
    assert f'href="{back}">Revenir' in again.content.decode(), "once another model is chosen"


def test_the_page_of_a_company_says_where_its_letter_comes_from(browser: Browser) -> None:
    page = browser(CRP).get(f"/entreprises/{ATELIERS.siren}?{COMPANY_QUERY}").content.decode()
    form = page[page.index('aria-label="Accompagner l’entreprise"') :].partition("</form>")[0]
    kept = dict(re.findall(r'name="(\w+)" value="([^"]*)"', form))
    assert (kept["entreprise"], unescape(kept["query"])) == (ATELIERS.siren, COMPANY_QUERY)


def test_letters_to_nobody_or_to_too_many_are_not_noted_and_the_page_says_why(browser: Browser) -> None:
    urssaf, noted = browser(URSSAF), {"noter": "oui", "on": today().isoformat()}
    assert "Cochez une entreprise au moins." in select(urssaf, **noted).decode()
    many = [ATELIERS.siren, *(f"{600_000_000 + n}" for n in range(MOST_ALERTS))]
    assert f"Au plus {MOST_ALERTS} entreprises à la fois" in select(urssaf, *many, **noted).decode()
    assert not LetterStep.objects.exists()


def test_a_model_is_changed_by_its_administration_alone_version_by_version(browser: Browser, actor: Actors) -> None:
    urssaf = browser(URSSAF)
    assert "modèle de l’application" in text(urssaf, "/courriers/modeles")
    sent = {"version": "0", "subject": "Rencontrons-nous", "text": "Bonjour {denomination},\n\nÀ bientôt."}
    assert urssaf.post(MODEL, sent).status_code == 302
    assert urssaf.post(MODEL, sent).status_code == 409
    assert urssaf.post(MODEL, sent | {"version": "1", "subject": "Voyons-nous"}).status_code == 302
    assert [(one.version, one.author.name) for one in Template.objects.order_by("pk")] == [(1, "Alex"), (2, "Alex")]
    assert "Voyons-nous" in text(urssaf, AT)
    assert "Voyons-nous" not in text(browser(CRP), AT)
    page = text(urssaf, MODEL)
    assert "Rencontrons-nous" in page, "earlier versions are read"
    assert browser(CRP).post(MODEL, sent | {"version": "2"}).status_code == 403
    assert "Écrire une version" not in text(browser(CRP), MODEL)
    assert browser(PRODUCT).post(MODEL, sent | {"version": "2"}).status_code == 302
    assert note(urssaf, "SENT") == 302
    assert LetterStep.objects.get().version == 3


@pytest.mark.parametrize("words", ["Votre score est mauvais", "Bonjour {niveau}", "votre dette fiscale", "12 000 €"])
def test_a_model_that_says_too_much_is_refused_and_kept_on_the_screen(browser: Browser, words: str) -> None:
    answer = browser(URSSAF).post(MODEL, {"version": "0", "subject": "Objet", "text": words})
    assert answer.status_code == 422
    assert "est refusé" in answer.content.decode() or "n’est pas un champ" in answer.content.decode()
    assert words in answer.content.decode()
    assert not Template.objects.exists()


def test_a_model_written_under_a_former_guard_is_not_sent(browser: Browser, actor: Actors) -> None:
    Template(
        administration="URSSAF", kind="FIRST", version=1, subject="Alerte", text="Bonjour", author=actor(URSSAF).account
    ).save()
    assert "Ce modèle ne peut pas être envoyé" in text(browser(URSSAF), AT)
    assert browser(URSSAF).get(f"{AT}.docx").status_code == 302
    assert b"PK" not in select(browser(URSSAF), ATELIERS.siren, telecharger="oui")[:2]


@pytest.mark.parametrize("kind", [URSSAF, CRP, OUTSIDE])
def test_the_sheet_of_dispositifs_is_the_same_for_all_and_of_its_day(browser: Browser, kind: str) -> None:
    Reference.objects.filter(label="Audit CODEFI").update(valid_until=today() - timedelta(days=1))
    sheet = words(browser(kind).get("/courriers/dispositifs.docx").content)
    for one in CONFIDENTIAL_WAYS:
        assert one.label in sheet
    for said in ("Médiation du crédit", "Banque de France", "Refus ou retrait d’un crédit bancaire", "0806 000 245"):
        assert said in sheet
    assert "Audit CODEFI" not in sheet
    assert ATELIERS.name not in sheet
    assert browser(kind).get("/courriers/dispositifs.odt").status_code == 404


def test_every_dispositif_of_a_new_installation_says_whom_to_ask() -> None:
    rows = Reference.objects.filter(kind="DISPOSITIF")
    assert rows.exists()
    assert [one.label for one in rows if not (one.owner and one.contact)] == []
