"""Working a list: one alert or several, what is refused, what comes back."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, ELEONORE, HEALTHY, MASKED, Invented
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.alert_work.forms import MOST_ALERTS
from signaux_faibles.web.alert_work.models import SavedFilter, WorkEvent
from signaux_faibles.web.append_only import NeverChanged
from signaux_faibles.web.rights.alert_work import OFFERED, AsideReason, WorkRefusal
from signaux_faibles.web.rights.unlocks import Motive
from signaux_faibles.web.unlocking.unlock import unlock

pytestmark = pytest.mark.django_db
SignedIn = Callable[[str], Client]
CRP, CODEFI, URSSAF, OUTSIDE = "CRP de la zone", "SP CODEFI", "Urssaf sans détection", "CRP d'une autre zone"
EXPIRED, PRODUCT, DETECTION = "habilitations échues", "administrateur du produit", "détection sans Urssaf"


def act(client: Client, *sirens: str, version: int | dict[str, int] = 0, **given: Any) -> Any:
    """Send an act on companies of the latest list."""
    versions = version if isinstance(version, dict) else dict.fromkeys(sirens, version)
    sent = {f"version-{siren}": str(versions[siren]) for siren in sirens}
    return client.post("/listes/2/travail", {"siren": list(sirens), "act": "SEEN", **given, **sent})


def words(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def order(client: Client, query: str = "") -> list[str]:
    return re.findall(r'<tr id="e-(\d+)">', client.get(f"/listes?{query}").content.decode())


@pytest.mark.parametrize(
    ("sent", "rows"),
    [
        ({"act": "SEEN"}, {ATELIERS: ATELIERS, CEVENOL: CEVENOL}),
        ({"act": "DONE"}, {ATELIERS: CEVENOL, CEVENOL: ATELIERS}),
    ],
    ids=["a row that stays", "a row that leaves: the next one, or the last"],
)
def test_an_act_comes_back_to_where_it_was_done(
    signed_in: SignedIn, sent: dict[str, str], rows: dict[Invented, Invented]
) -> None:
    crp = signed_in(CRP)
    for one, row in rows.items():
        answer = act(crp, one.siren, query="level=elevee", **sent)
        assert answer["Location"] == f"/listes/2?level=elevee&page=1#e-{row.siren}"
        act(crp, one.siren, act="TO_DO", version=1)


def test_a_mark_stays_with_what_its_author_saw_and_comes_back_to_its_place(signed_in: SignedIn) -> None:
    answer = act(signed_in(CRP), ATELIERS.siren, act="DONE", note="jointe mardi", query="level=elevee&page=1")
    assert (answer.status_code, answer["Location"]) == (302, f"/listes/2?level=elevee&page=1#e-{CEVENOL.siren}")
    (row,) = WorkEvent.objects.all()
    assert (row.siren, row.version, row.act, row.note) == (ATELIERS.siren, 1, "DONE", "jointe mardi")
    seen = (row.list_number, row.snapshot, row.rank, row.level, row.in_procedure)
    assert seen == (2, "2610-a", 1, "elevee", False)
    with pytest.raises(NeverChanged):
        row.delete()
    with pytest.raises(NeverChanged):
        WorkEvent.objects.all().update(act="SEEN")


def test_what_is_done_leaves_the_list_and_is_counted(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren, act="DONE")
    act(crp, CEVENOL.siren, act="ASIDE", reason="GROUP")
    assert order(crp) == [ELEONORE.siren, MASKED.siren]
    page = words(crp.get("/listes"))
    assert "2 masquées par défaut, traitées, écartées ou fermées." in page
    assert order(crp, "work=toutes") == [ATELIERS.siren, CEVENOL.siren, ELEONORE.siren, MASKED.siren]
    assert order(crp, "work=ecartee") == [CEVENOL.siren]
    assert "Écartée : Soutien du groupe" in words(crp.get("/listes?work=ecartee"))


def test_all_who_read_the_alert_share_its_state(signed_in: SignedIn) -> None:
    act(signed_in(CRP), ATELIERS.siren, act="DONE", note="jointe mardi")
    for kind in (CODEFI, DETECTION):
        assert ATELIERS.siren not in order(signed_in(kind))
    assert "Traitée, par Camille (DREETS)" in words(signed_in(CODEFI).get(f"/entreprises/{ATELIERS.siren}"))
    for kind in (URSSAF, OUTSIDE, EXPIRED, PRODUCT):
        page = words(signed_in(kind).get(f"/entreprises/{ATELIERS.siren}"))
        assert ("Travail sur l’alerte" in page, "jointe mardi" in page) == (False, False)


def test_a_bulk_act_is_refused_exactly_where_the_single_act_would_be(signed_in: SignedIn) -> None:
    """Each company alone, with another agent's database state, then all together: the same sentences."""
    sirens = [ATELIERS.siren, BRETONNE.siren, HEALTHY.siren, "000000000", ELEONORE.siren]
    crp = signed_in(CRP)
    alone = [words(act(crp, siren, act="ASIDE")) for siren in sirens]  # no reason: nothing is written
    assert not WorkEvent.objects.exists()
    together = act(crp, *sirens, act="ASIDE")
    for siren, one in zip(sirens, alone, strict=True):
        sentence = WorkRefusal.NO_REASON if siren in (ATELIERS.siren, ELEONORE.siren) else WorkRefusal.NOT_IN_LIST
        assert (sentence.value in one, sentence.value in words(together)) == (True, True)
    assert words(together).count(WorkRefusal.NOT_IN_LIST.value) == 1
    assert f"3 entreprises : {BRETONNE.siren}, {HEALTHY.siren}, 000000000" in words(together)
    given = act(crp, *sirens, act="ASIDE", reason="DATA", note="vérifié")
    assert (given.status_code, "2 alertes enregistrées, 3 refusées" in words(given)) == (422, True)
    assert sorted(WorkEvent.objects.values_list("siren", "note")) == [
        (ATELIERS.siren, "vérifié"),
        (ELEONORE.siren, "vérifié"),
    ]


@pytest.mark.parametrize("siren", [BRETONNE.siren, HEALTHY.siren, "000000000"])
def test_a_refusal_does_not_say_which_companies_are_in_alert_elsewhere(signed_in: SignedIn, siren: str) -> None:
    answer = act(signed_in(CRP), siren)
    page = words(answer).replace(siren, "…")
    other = words(act(signed_in(CRP), "999999999")).replace("999999999", "…")
    assert (answer.status_code, page) == (422, other)


@pytest.mark.parametrize(("kind", "status"), [(URSSAF, 403), (EXPIRED, 403), (PRODUCT, 403), (OUTSIDE, 422)])
def test_whoever_may_not_work_the_alert_changes_nothing(signed_in: SignedIn, kind: str, status: int) -> None:
    assert act(signed_in(kind), ATELIERS.siren).status_code == status
    assert not WorkEvent.objects.exists()


def test_an_unlock_reads_the_work_and_does_not_write_it(signed_in: SignedIn) -> None:
    client = signed_in(CRP)
    unlock(Account.objects.get(email="crp@demo.example"), BRETONNE.siren, Motive.LOCAL, "")
    assert "Les agents de sa zone travaillent cette alerte." in words(client.get(f"/entreprises/{BRETONNE.siren}"))
    answer = act(client, BRETONNE.siren)
    assert (answer.status_code, WorkRefusal.OUT_OF_ZONE.value in words(answer)) == (422, True)


def test_of_two_agents_one_writes_and_the_other_is_informed(signed_in: SignedIn) -> None:
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    assert act(crp, ATELIERS.siren, act="DONE").status_code == 302
    answer = act(codefi, ATELIERS.siren, act="ASIDE", reason="GROUP")
    assert answer.status_code == 409
    assert "Camille (DREETS) a écrit « Traitée » pendant ce temps : votre acte n’est pas enregistré." in words(answer)
    assert WorkEvent.objects.count() == 1
    assert act(codefi, ATELIERS.siren, act="ASIDE", reason="GROUP", version=1).status_code == 302


def test_an_act_sent_twice_is_written_once(signed_in: SignedIn) -> None:
    """A double click, a second tab, a page of refusal that is sent again."""
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    given: dict[str, Any] = {"act": "ASIDE", "reason": "GROUP", "note": "vu"}
    for _ in range(2):
        assert act(crp, ATELIERS.siren, CEVENOL.siren, **given).status_code == 302
    assert act(codefi, ATELIERS.siren, act="SEEN", version=1).status_code == 302
    assert act(crp, ATELIERS.siren, **given).status_code == 302, "written, whatever was written after it"
    assert WorkEvent.objects.count() == 3
    for other in ({"note": "vu mardi"}, {"reason": "KNOWN"}, {"act": "ASIDE_UNLESS_WORSE"}):
        assert act(crp, CEVENOL.siren, **given | other).status_code == 409
    assert act(codefi, CEVENOL.siren, **given).status_code == 409, "the act of somebody else"


def test_whoever_overtakes_themselves_is_informed(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren, act="SEEN")
    page = words(act(crp, ATELIERS.siren, act="DONE"))
    assert "Vous avez écrit « Vue » après avoir ouvert cette page : ce nouvel acte n’est pas enregistré." in page


def test_more_alerts_than_one_act_takes_are_refused_all_together(signed_in: SignedIn) -> None:
    sirens = [ATELIERS.siren, *(f"{600_000_000 + n}" for n in range(MOST_ALERTS))]
    answer = act(signed_in(CRP), *sirens)
    assert (answer.status_code, "Au plus 200 alertes à la fois" in words(answer)) == (422, True)
    assert not WorkEvent.objects.exists()


@pytest.mark.parametrize("version", [-1, 1, 99])
def test_a_version_that_was_never_read_is_refused(signed_in: SignedIn, version: int) -> None:
    assert act(signed_in(CRP), ATELIERS.siren, version=version).status_code == 409
    assert not WorkEvent.objects.exists()


def test_an_alert_is_given_to_somebody_who_finds_it(signed_in: SignedIn) -> None:
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    person = Account.objects.get(email="codefi@demo.example")
    assert act(crp, ATELIERS.siren, act="ASSIGN", assignee=str(person.pk)).status_code == 302
    assert order(codefi, "mine=on") == [ATELIERS.siren]
    assert order(crp, "mine=on") == []
    assert "Affectée à Dominique" in words(crp.get("/listes"))


def test_only_people_who_could_work_it_are_offered(signed_in: SignedIn) -> None:
    for kind in (CODEFI, DETECTION, URSSAF, OUTSIDE, EXPIRED, PRODUCT):
        signed_in(kind)
    page = signed_in(CRP).get("/listes").content.decode()
    offered = page[page.index('name="assignee"') :]
    assert re.findall(r"<option[^>]*>([^<]*)</option>", offered[: offered.index("</select>")]) == [
        "Personne",
        "Camille, CRP",
        "Dominique, SP CODEFI",
        "Noa, DARP",
    ]
    outside = Account.objects.get(email="corse@demo.example")
    answer = act(signed_in(CRP), ATELIERS.siren, act="ASSIGN", assignee=str(outside.pk))
    assert (answer.status_code, "n’est pas de votre zone" in words(answer)) == (422, True)


def test_a_person_whom_the_act_would_not_name_is_refused(signed_in: SignedIn) -> None:
    crp, person = signed_in(CRP), Account.objects.get(email="crp@demo.example")
    answer = act(crp, ATELIERS.siren, act="DONE", assignee=str(person.pk))
    assert (answer.status_code, "Cet acte n’affecte personne" in words(answer)) == (422, True)
    assert not WorkEvent.objects.exists()


REFUSED: dict[str, tuple[dict[str, str], str]] = {
    "no act": ({"act": ""}, "Choisissez un acte."),
    "an act that does not exist": ({"act": "DELETE"}, "Cet acte n’existe pas."),
    "a reason that does not exist": ({"act": "ASIDE", "reason": "X"}, "Ce motif n’existe pas."),
    "a day that is none": ({"act": "ASIDE_UNTIL", "reason": "GROUP", "until": "demain"}, "Indiquez un jour."),
    "a note that is too long": ({"note": "x" * 501}, "Au plus 500 signes"),
    "a day for what is set aside for ever": (
        {"act": "ASIDE", "reason": "GROUP", "until": "2027-01-15"},
        "Ce jour ne servirait pas : choisissez « Écartée jusqu’à un jour », ou effacez-le.",
    ),
    "a reason for what is not set aside": ({"reason": "GROUP"}, "Ce motif ne vaut que pour écarter"),
}


@pytest.mark.parametrize(("given", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_form_that_is_refused_says_why(signed_in: SignedIn, given: dict[str, str], sentence: str) -> None:
    answer = act(signed_in(CRP), ATELIERS.siren, **given)
    assert (answer.status_code, sentence in words(answer)) == (422, True)
    assert not WorkEvent.objects.exists()


def form_of(page: str, label: str = "Corriger et enregistrer") -> dict[str, Any]:
    """What the form that sends a refused act again would send as it stands."""
    form = page[page.index(f'aria-label="{label}"') :].partition("</form>")[0]
    hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form)
    sent: dict[str, Any] = {name: value for name, value in hidden if name not in ("csrfmiddlewaretoken", "siren")}
    chosen = re.findall(r'<select name="(\w+)".*?<option value="(\w+)" selected', form, re.DOTALL)
    return sent | dict(chosen) | {"siren": [value for name, value in hidden if name == "siren"]}


def test_a_refused_act_is_corrected_without_typing_it_again(signed_in: SignedIn) -> None:
    crp, query = signed_in(CRP), "liste=2&amp;filtres="
    refused = act(crp, ATELIERS.siren, HEALTHY.siren, act="ASIDE", note="vue mardi", query="level=elevee")
    page = refused.content.decode()
    assert ("vue mardi" in page, query in page) == (True, False)
    sent = form_of(page)
    assert sent["siren"] == [ATELIERS.siren], "no form would be accepted for the other"
    answer = crp.post("/listes/2/travail", sent | {"reason": "GROUP", "note": "vue mardi"})
    assert answer["Location"] == f"/listes/2?level=elevee&page=1#e-{CEVENOL.siren}"
    assert list(WorkEvent.objects.values_list("siren", "reason", "note")) == [(ATELIERS.siren, "GROUP", "vue mardi")]


def test_a_corrected_act_goes_on_to_the_company_that_was_next(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    refused = act(crp, ATELIERS.siren, act="ASIDE", page="entreprise", then="suivante", query="liste=2&filtres=")
    sent = form_of(refused.content.decode()) | {"query": "liste=2&filtres=", "reason": "GROUP"}
    answer = crp.post("/listes/2/travail", sent)
    assert answer["Location"] == f"/entreprises/{CEVENOL.siren}?liste=2&filtres="


def test_what_cannot_be_sent_again_gives_its_note_back(signed_in: SignedIn) -> None:
    page = words(act(signed_in(CRP), HEALTHY.siren, act="SEEN", note="vue mardi", page="entreprise"))
    assert "La note que vous aviez écrite : « vue mardi »" in page
    assert ("Revenir à l’entreprise" in page, "Revenir à la liste" in page) == (True, False)


def test_whoever_is_overtaken_reads_by_what_and_may_write_all_the_same(signed_in: SignedIn) -> None:
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    act(crp, ATELIERS.siren, act="DONE")
    given = {"act": "ASIDE", "reason": "GROUP", "note": "vue mardi"}
    refused = act(codefi, ATELIERS.siren, CEVENOL.siren, page="entreprise", **given).content.decode()
    sent = form_of(refused, "Enregistrer quand même")
    assert (sent["siren"], sent[f"version-{ATELIERS.siren}"], "vue mardi" in refused) == ([ATELIERS.siren], "1", True)
    act(crp, ATELIERS.siren, act="SEEN", version=1)
    assert codefi.post("/listes/2/travail", sent | given).status_code == 409, "overtaken again"
    assert codefi.post("/listes/2/travail", sent | given | {f"version-{ATELIERS.siren}": "2"}).status_code == 302
    assert WorkEvent.objects.filter(siren=ATELIERS.siren).count() == 3


def test_nothing_ticked_is_said(signed_in: SignedIn) -> None:
    assert "Cochez une entreprise au moins." in words(act(signed_in(CRP)))


def test_what_was_set_aside_until_a_day_comes_back_and_says_so(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    tomorrow = timezone.localdate() + timedelta(days=1)
    act(crp, ATELIERS.siren, act="ASIDE_UNTIL", reason="SEASONAL", until=tomorrow.isoformat())
    assert ATELIERS.siren not in order(crp)
    written = WorkEvent.objects.get()
    later = WorkEvent(
        **{field.name: getattr(written, field.name) for field in WorkEvent._meta.fields if field.name != "id"}
    )
    later.version, later.until = 2, timezone.localdate() - timedelta(days=1)
    later.save()
    assert ATELIERS.siren in order(crp)
    assert "De retour : écartée jusqu’au" in words(crp.get("/listes"))


def test_the_page_of_the_company_marks_it_and_stays_on_it(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    query = "liste=2&filtres=level%3Delevee"
    answer = act(crp, ATELIERS.siren, act="DONE", page="entreprise", query=query)
    assert answer["Location"] == f"/entreprises/{ATELIERS.siren}?{query}#travail"


@pytest.mark.parametrize("siren", ["a/b", "../../etc/passwd", "a\r\nSet-Cookie: a=b"])
def test_a_text_that_is_no_siren_leads_back_to_the_list(signed_in: SignedIn, siren: str) -> None:
    answer = signed_in(CRP).post("/listes/2/filtres", {"siren": siren, "page": "entreprise"})
    assert answer.status_code == 422
    assert 'href="/listes/2"' in answer.content.decode()


def test_a_filter_is_kept_replaced_and_deleted_by_its_owner_alone(signed_in: SignedIn) -> None:
    crp, codefi = signed_in(CRP), signed_in(CODEFI)
    kept = {"name": "Les grosses", "query": "headcount_min=48&page=3"}
    assert crp.post("/listes/2/filtres", kept).status_code == 302
    crp.post("/listes/2/filtres", kept | {"query": "headcount_min=100"})
    (row,) = SavedFilter.objects.all()
    assert row.query == "headcount_min=100"
    assert "Les grosses" in words(crp.get("/listes"))
    assert "Les grosses" not in words(codefi.get("/listes"))
    codefi.post("/listes/2/filtres/suppression", {"filtre": row.pk})
    assert SavedFilter.objects.exists()
    assert crp.post("/listes/2/filtres/suppression", {"filtre": "9" * 5_000}).status_code == 302
    crp.post("/listes/2/filtres/suppression", {"filtre": row.pk})
    assert not SavedFilter.objects.exists()


def test_the_words_of_acts_and_reasons_are_those_of_the_form(signed_in: SignedIn) -> None:
    page = words(signed_in(CRP).get("/listes"))
    assert [one.value for one in (*OFFERED, *AsideReason) if one.value not in page] == []


@pytest.mark.parametrize(
    ("level", "act", "shown"),
    [
        ("moderee", "ASIDE_UNLESS_WORSE", "De retour : alerte passée de modérée à élevée."),
        ("elevee", "ASIDE_UNLESS_WORSE", ""),
        ("moderee", "ASIDE", ""),
    ],
)
def test_what_was_set_aside_until_it_worsens_comes_back_by_itself_in_the_next_list(
    signed_in: SignedIn, level: str, act: str, shown: str
) -> None:
    client = signed_in(CRP)
    WorkEvent(
        siren=ATELIERS.siren, version=1, act=act, reason="GROUP", by=Account.objects.get(email="crp@demo.example"),
        list_number=1, snapshot="x", rank=9, level=level, in_procedure=False,
    ).save()  # fmt: skip
    assert (ATELIERS.siren in order(client)) is bool(shown)
    for page in ("/listes?work=toutes", f"/entreprises/{ATELIERS.siren}"):
        said = words(client.get(page))
        assert ("De retour" in said.replace("De retour (", "")) is bool(shown)
        assert shown in said


def test_what_was_done_stays_on_the_page_of_a_company_that_is_no_longer_in_alert(signed_in: SignedIn) -> None:
    clients = {kind: signed_in(kind) for kind in (CRP, URSSAF)}
    WorkEvent(
        siren=HEALTHY.siren, version=1, act="ASIDE", reason="GROUP", by=Account.objects.get(email="crp@demo.example"),
        list_number=1, snapshot="x", rank=9, level="elevee", in_procedure=False, note="vu avec la maison mère",
    ).save()  # fmt: skip
    pages = {kind: words(client.get(f"/entreprises/{HEALTHY.siren}")) for kind, client in clients.items()}
    assert "Écartée : Soutien du groupe, par Camille" in pages[CRP]
    assert "vu avec la maison mère" in pages[CRP]
    assert "il n’y a plus d’alerte à marquer" in pages[CRP]
    assert "Marquer, écarter" not in pages[CRP]
    assert "vu avec la maison mère" not in pages[URSSAF]


def test_the_list_says_once_what_was_done_on_how_many_alerts(signed_in: SignedIn) -> None:
    crp = signed_in(CRP)
    act(crp, ATELIERS.siren, CEVENOL.siren, act="ASIDE", reason="GROUP")
    said = "2 alertes enregistrées : « Écartée : Soutien du groupe »."
    assert [said in words(crp.get("/listes/2")) for _ in range(2)] == [True, False]
    act(crp, ELEONORE.siren, page="entreprise")
    assert "enregistrée" not in words(crp.get("/listes/2")), "the page of the company shows it"


def test_the_next_company_says_once_what_was_done_on_the_one_before_and_leads_back_to_it(signed_in: SignedIn) -> None:
    crp, query = signed_in(CRP), "liste=2&filtres=level%3Delevee"
    aside = {"act": "ASIDE", "reason": "GROUP", "page": "entreprise", "query": query}
    following = act(crp, ATELIERS.siren, then="suivante", **aside)["Location"]
    assert following == f"/entreprises/{CEVENOL.siren}?{query}"
    pages = [crp.get(following) for _ in range(2)]
    said = f"{ATELIERS.name} : « Écartée : Soutien du groupe », enregistré."
    assert [said in words(page) for page in pages] == [True, False]
    assert f'href="/entreprises/{ATELIERS.siren}?{query}"' in pages[0].content.decode().replace("&amp;", "&")
    assert f"/entreprises/{ATELIERS.siren}" not in pages[1].content.decode(), "it left the list: no key leads to it"
    act(crp, CEVENOL.siren, page="entreprise", query=query, then="suivante")
    page = words(crp.get(f"/entreprises/{CEVENOL.siren}?{query}"))
    assert ("« Vue », enregistré." in page, f"{CEVENOL.name} : «" in page) == (True, False), "the last one stays there"


def test_what_refuses_several_alerts_is_said_once(signed_in: SignedIn) -> None:
    refused = words(act(signed_in(CRP), ATELIERS.siren, CEVENOL.siren, act="ASIDE"))
    assert refused.count(WorkRefusal.NO_REASON.value) == 1
    assert f"2 entreprises : {ATELIERS.name}, {CEVENOL.name}" in refused
