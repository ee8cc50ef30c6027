"""Undoing an act: by its author, while it is the last one, and without losing what was written."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from harness.tiny_home import ATELIERS, CEVENOL, ELEONORE, HEALTHY
from signaux_faibles.web.accounts.models import Habilitation
from signaux_faibles.web.alert_work.models import WorkEvent
from signaux_faibles.web.rights.alert_work import WorkAct, WorkRefusal

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP, CODEFI, URSSAF, OUTSIDE = "CRP de la zone", "SP CODEFI", "Urssaf sans détection", "CRP d'une autre zone"


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def act(client: Client, *sirens: str, version: int = 0, **given: Any) -> Any:
    """Send an act on companies of the latest list."""
    sent = {f"version-{siren}": str(version) for siren in sirens}
    return client.post("/listes/2/travail", {"siren": list(sirens), "act": "DONE", **given, **sent})


def undo(client: Client, *sirens: str, version: int = 1, **given: Any) -> Any:
    """Undo the last act on companies, from the version that was read."""
    sent = {f"version-{siren}": str(version) for siren in sirens}
    return client.post("/listes/2/annulation", {"siren": list(sirens), **given, **sent})


def offered(page: str, label: str = "Annuler cet acte") -> dict[str, Any]:
    """What the form that undoes would send."""
    form = page[page.index(f'aria-label="{label}"') :].partition("</form>")[0]
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    sent: dict[str, Any] = {name: value for name, value in hidden if name not in ("csrfmiddlewaretoken", "siren")}
    return sent | {"siren": [value for name, value in hidden if name == "siren"]}


def shown(client: Client) -> list[str]:
    return re.findall(r'<tr id="e-(\d+)">', client.get("/listes").content.decode())


def test_a_bulk_act_is_undone_from_the_list_that_says_it(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    before = shown(crp)
    act(crp, ATELIERS.siren, CEVENOL.siren, act="ASIDE", reason="GROUP", query="level=elevee")
    page = crp.get("/listes/2?level=elevee").content.decode()
    answer = crp.post("/listes/2/annulation", offered(page))
    assert answer["Location"] == "/listes/2?level=elevee"
    page = words(crp.get("/listes/2?level=elevee"))
    assert ("Acte annulé sur 2 alertes." in page, "Annuler" in page) == (True, False)
    assert shown(crp) == before
    assert [*WorkEvent.objects.order_by("pk").values_list("act", flat=True)] == ["ASIDE", "ASIDE", "UNDO", "UNDO"]


def test_the_page_of_a_company_undoes_the_last_act_of_its_reader_alone(signed_in: SignedIn) -> None:
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    address, label = f"/entreprises/{ATELIERS.siren}", "Annuler votre dernier acte"
    assert label not in words(crp.get(address)), "nothing was done"
    act(crp, ATELIERS.siren, page="entreprise", note="jointe mardi")
    assert label not in words(codefi.get(address))
    sent = offered(crp.get(address).content.decode(), label)
    assert crp.post("/listes/2/annulation", sent)["Location"] == f"{address}#travail"
    page = words(crp.get(address))
    assert ("Acte annulé." in page, "À traiter" in page, label in page) == (True, True, False)
    assert "Acte annulé : Traitée, par Camille (DREETS)" in page, "what was done is still to be read"
    assert "jointe mardi" in page


def test_what_was_done_before_going_on_to_the_next_company_is_undone_from_there(signed_in: SignedIn) -> None:
    crp, query = signed_in(CRP), "liste=2&filtres="
    following = act(crp, ATELIERS.siren, page="entreprise", then="suivante", query=query)["Location"]
    assert following.startswith(f"/entreprises/{CEVENOL.siren}")
    sent = offered(crp.get(following).content.decode()) | {"query": query}
    assert crp.post("/listes/2/annulation", sent)["Location"] == f"/entreprises/{ATELIERS.siren}?{query}#travail"
    assert [*WorkEvent.objects.order_by("pk").values_list("act", flat=True)] == ["DONE", "UNDO"]


def test_nobody_undoes_the_act_of_somebody_else(signed_in: SignedIn) -> None:
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    act(crp, ATELIERS.siren)
    answer = undo(codefi, ATELIERS.siren)
    assert (answer.status_code, WorkRefusal.NOTHING_TO_UNDO.value in words(answer)) == (422, True)
    for kind, status in ((URSSAF, 403), (OUTSIDE, 422)):
        assert undo(signed_in(kind), ATELIERS.siren).status_code == status
    assert WorkEvent.objects.count() == 1


def test_what_somebody_did_since_stays_and_is_said(signed_in: SignedIn) -> None:
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    act(crp, ATELIERS.siren, CEVENOL.siren)
    act(codefi, ATELIERS.siren, version=1, act="SEEN")
    answer = undo(crp, ATELIERS.siren, CEVENOL.siren)
    said = words(answer)
    assert answer.status_code == 409
    assert "Acte annulé sur 1 alerte, pas sur 1" in said
    assert "a écrit « Vue » pendant ce temps : votre acte n’est pas annulé." in said
    assert "Enregistrer quand même" not in said, "an undo would then be of another act"
    acts = WorkEvent.objects.order_by("pk").values_list("siren", "act")
    assert [*acts][2:] == [(ATELIERS.siren, "SEEN"), (CEVENOL.siren, "UNDO")]


def test_an_undo_sent_twice_undoes_one_act(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren, act="SEEN")
    act(crp, ATELIERS.siren, version=1)
    for _ in range(2):
        assert undo(crp, ATELIERS.siren, version=2).status_code == 302
    assert [*WorkEvent.objects.order_by("pk").values_list("act", flat=True)] == ["SEEN", "DONE", "UNDO"]
    assert "Vue" in words(crp.get("/listes"))


@pytest.mark.parametrize("version", ["", "-1", "2", "99", "x", "9" * 5_000])
def test_a_version_that_was_never_read_undoes_nothing(signed_in: SignedIn, version: str) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren)
    sent = {"siren": [ATELIERS.siren], f"version-{ATELIERS.siren}": version}
    assert crp.post("/listes/2/annulation", sent).status_code == 422
    assert WorkEvent.objects.count() == 1


def test_the_same_act_is_written_again_once_it_was_undone(signed_in: SignedIn) -> None:
    """From a page that was opened before: it is no double click, and must not be called written."""
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren)
    undo(crp, ATELIERS.siren)
    answer = act(crp, ATELIERS.siren)
    assert (answer.status_code, WorkEvent.objects.count()) == (409, 2)
    assert "Vous avez écrit « Acte annulé : Traitée » après avoir ouvert cette page" in words(answer)
    assert act(crp, ATELIERS.siren, version=2).status_code == 302
    assert undo(crp, ATELIERS.siren).status_code == 409, "the act that stands is another one"
    assert "Traitée" in words(crp.get("/listes?work=toutes"))


def test_whoever_undoes_their_own_act_is_not_said_to_have_undone_another(signed_in: SignedIn) -> None:
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    act(crp, ATELIERS.siren)
    act(codefi, ATELIERS.siren, version=1, act="SEEN")
    undo(codefi, ATELIERS.siren, version=2)
    said = words(undo(crp, ATELIERS.siren))
    assert "a écrit « Acte annulé : Vue » pendant ce temps : votre acte n’est pas annulé." in said
    assert undo(crp, ATELIERS.siren, version=3).status_code == 302, "once read, it is the last that stands"


def test_what_is_written_of_an_act_that_is_refused_elsewhere_is_undone_too(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren, HEALTHY.siren)
    sent = offered(crp.get("/listes/2").content.decode())
    assert sent["siren"] == [ATELIERS.siren]
    assert crp.post("/listes/2/annulation", sent).status_code == 302


def test_another_list_offers_the_undo_on_the_list_of_the_act(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren)
    assert 'action="/listes/2/annulation"' in crp.get("/listes/1").content.decode()


def test_what_was_done_is_not_said_to_whom_may_not_read_it_any_more(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren, page="entreprise", then="suivante", query="liste=2&filtres=")
    Habilitation.objects.filter(account__email="crp@demo.example", family="detection").delete()
    page = words(crp.get(f"/entreprises/{CEVENOL.siren}"))
    assert ("« Traitée », enregistré." in page, ATELIERS.name in page) == (False, False)


def test_an_act_of_a_form_cannot_be_an_undo(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren)
    answer = act(crp, ATELIERS.siren, version=1, act=WorkAct.UNDO.name)
    assert (answer.status_code, "Cet acte n’existe pas." in words(answer)) == (422, True)


def test_an_address_followed_leads_to_the_list_and_nothing_ticked_undoes_nothing(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ELEONORE.siren)
    assert crp.get("/listes/2/annulation")["Location"] == "/listes/2"
    assert undo(crp)["Location"] == "/listes/2"
    assert WorkEvent.objects.count() == 1
