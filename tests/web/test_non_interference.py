"""Two homes that differ only in protected data give the same bytes to whoever may not read them.

Every account, every address: a page that is added to the URL conf fails here until its addresses are listed, and then
is compared like the others.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from django.test import Client
from django.urls import URLPattern
from pytest_django import Settings

from harness.sessions import open_session
from harness.tiny_capacity import ordered_by_debt, write_capacity
from harness.tiny_home import ATELIERS, BRETONNE, CEVENOL, COMPANIES, HEALTHY, IN_PROCEDURE, Invented, TinyHome
from signaux_faibles.home.home import Home
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.states import BoardColumn, Criticite
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.campagnes.models import Campagne
from signaux_faibles.web.seances.models import Seance
from signaux_faibles.web.urls import urlpatterns

SignedIn = Callable[[str], Client]
CRP, URSSAF, DETECTION = "CRP de la zone", "Urssaf sans détection", "détection sans Urssaf"
CODEFI = "SP CODEFI"
OUTSIDE, EXPIRED, PRODUCT, NOBODY = (
    "CRP d'une autre zone",
    "habilitations échues",
    "administrateur du produit",
    "personne",
)

AS_EXPIRED = "CRP de la zone, avec les droits d'un collègue"
"""A correspondent who reads everything of their zone, and sees with the rights of somebody who reads nothing of it."""

EVERYBODY = (CRP, URSSAF, DETECTION, CODEFI, OUTSIDE, EXPIRED, PRODUCT, NOBODY, AS_EXPIRED)

FILTERS = (
    "", "page=2", "page=99", "scope=implantation", "level=elevee", "level=moderee", "first_alert=on", "section=C",
    "section=H", "departements=87", "departements=35", "headcount_min=20", "text=ateliers", "text=8333", "text=8999",
    "sort=rank", "order_by=-level", "scope=toto", "sort=-debt", "sort=change", "sort=-plan", "sort=town",
    "sort=since", "debt_min=50000", "no_plan=on", "columns=debt&columns=plan&columns=employee", "closed=on",
    "work=toutes", "mine=on", "procedure=aucune", "legal_form=SARL", "not_recent=on",
    "columns=previous&columns=procedure", "procedure=en_cours&procedure=a_lire", "procedure=Redressement judiciaire",
    "not_followed=on", "columns=follow_up&sort=follow_up", "turnover_min=100", "headcount_max=30&columns=turnover",
    "sort=-turnover", "capacity_order=emplois", "capacity_order=emplois&capacity=1",
    "capacity_order=dgfip&capacity=2&capacity_overall=on", "capacity_order=dgfip&level=elevee",
)  # fmt: skip
SEARCHES = ("", "limoges", "ateliers", "mecanique", "imprimerie", "8", "83", "zzz", "a b c d e f g h i j")
SEARCH_FILTERS = (
    "level=elevee", "level=moderee", "level=toutes", "level=toutes&order=france", "q=limoges&level=toutes",
    "q=mecanique&level=elevee", "level=toto", "procedure=redressement", "procedure=liquidation&q=limoges", "size=20-49",
    "size=toto", "section=C", "state=fermee", "departement=87", "departement=35", "region=75", "commune=Limoges",
    "commune=87000", "commune=zzz", "q=limoges&order=france", "q=ateliers&near=on",
    "departement=87&level=elevee&section=C&state=active",
)  # fmt: skip
ADDRESSES: dict[str, list[str]] = {
    "home": ["/", *(f"/?tout={kind}" for kind in ("jugements", "dettes", "delais", "x"))],
    "sign_in": ["/connexion", "/connexion?next=/listes"],
    "sign_out": ["/deconnexion"],
    "proconnect": ["/connexion/proconnect"],
    "proconnect_callback": ["/connexion/proconnect/retour?code=x&state=y"],
    "accounts_to_review": ["/comptes"],
    "account_sheet": ["/comptes/1", "/comptes/99999"],
    "confirm_account": ["/comptes/1/confirmation"],
    "close_account": ["/comptes/1/fermeture"],
    "watch_account": ["/comptes/1/regard"],
    "stop_watching": ["/session/regard/fin"],
    "second_factor": ["/session/second-facteur"],
    "presence": ["/session/presence"],
    "enrol_second_factor": ["/session/second-facteur/enregistrement"],
    "recovery_codes": ["/session/second-facteur/secours"],
    "state_purpose": ["/session/objet", "/session/objet?next=/listes"],
    "help": ["/aide"],
    "accessibility": ["/accessibilite"],
    "legal_notice": ["/mentions-legales"],
    "personal_data": ["/donnees-personnelles"],
    "search": [
        *(f"/recherche?q={text}" for text in SEARCHES),
        "/recherche?q=limoges&page=2",
        "/recherche?q=limoges&sort=level",
        *(f"/recherche?q={one.siren}" for one in (ATELIERS, BRETONNE)),
        *(f"/recherche?{query}" for query in SEARCH_FILTERS),
        f"/recherche?q={ATELIERS.siren} {BRETONNE.siren}",
    ],
    "search_suggestions": [
        f"/recherche/suggestions?q={text}" for text in ("", "limoges", "mecanique", "atelirs", "87")
    ],
    "search_places": [f"/recherche/lieux?q={text}" for text in ("", "limo", "87", "nou")],
    "search_identifiers": ["/recherche/identifiants"],
    "latest_list": [f"/listes?{query}" for query in FILTERS],
    "all_lists": ["/listes/toutes"],
    "list_changes": [f"/listes/{number}/changements" for number in (1, 2, 3)],
    "list_card": [f"/listes/{number}/fiche" for number in (1, 2, 3)],
    "list_workbook": [
        *(f"/listes/{number}/export.xlsx" for number in (1, 2, 3)),
        *(f"/listes/2/export.xlsx?{query}" for query in ("sort=-debt", "debt_min=1", "scope=implantation", "level=x")),
    ],
    "work_on_list": [f"/listes/{number}/travail" for number in (2, 3)],
    "undo_on_list": [f"/listes/{number}/annulation" for number in (2, 3)],
    "keep_filter": ["/listes/2/filtres"],
    "forget_filter": ["/listes/2/filtres/suppression"],
    "alert_list": [*(f"/listes/{number}" for number in (1, 2, 3, 99)), "/listes/1?level=elevee"],
    "company": [
        *(f"/entreprises/{siren}" for siren in (*(one.siren for one in COMPANIES), "000000000", "83333333300010")),
        f"/entreprises/{BRETONNE.siren}?etablissements=2",
        *(f"/entreprises/{one.siren}?liste=2&filtres=sort%3D-debt" for one in (ATELIERS, BRETONNE, HEALTHY)),
        f"/entreprises/{ATELIERS.siren}?etablissements=9",
    ],
    "comparables": [f"/entreprises/{one.siren}/comparables" for one in COMPANIES],
    "company_pdf": [f"/entreprises/{siren}/fiche.pdf" for siren in (BRETONNE.siren, "000000000")],
    "establishment": [
        *(f"/etablissements/{one.siren}000{n}0" for one in (ATELIERS, BRETONNE, CEVENOL, HEALTHY) for n in (1, 2)),
        "/etablissements/00000000000000",
    ],
    "unlock_company": [f"/entreprises/{siren}/deverrouillage" for siren in (ATELIERS.siren, BRETONNE.siren, "0")],
    "vote_on_detection": [f"/entreprises/{siren}/avis" for siren in (BRETONNE.siren, HEALTHY.siren, "0")],
    "dispute_company": [f"/entreprises/{BRETONNE.siren}/signalements/{one}" for one in ("frise", "detection", "x")],
    "dispute_establishment": [f"/etablissements/{BRETONNE.siren}00010/signalements/{one}" for one in ("frise", "x")],
}
FOLLOWED = {7001: ATELIERS, 7002: BRETONNE}
"""Of the zone of most accounts, and of another."""
OF_FOLLOW_UPS = {
    "follow_up": "", "follow_up_history": "/historique", "edit_follow_up": "/informations",
    "edit_amicable": "/amiable", "move_follow_up": "/deplacement", "close_follow_up": "/cloture",
    "people_of_follow_up": "/contributeurs", "take_follow_up": "/reprise", "duplicate_follow_up": "/copie",
    "choose_subscription": "/nouvelles", "touch_company": "/prises-de-contact", "answer_aid": "/dispositifs-vus",
    "add_contact": "/contacts", "edit_contact": "/contacts/1",
    "add_task": "/taches", "change_task": "/taches/1", "edit_comment": "/commentaires/1",
    "comment": "/reseaux/CODEFI/commentaires", "text_readers": "/reseaux/CODEFI/lecteurs",
    "synthesis": "/reseaux/CODEFI/synthese",
}  # fmt: skip
ADDRESSES |= {
    "follow_ups": ["/accompagnements", "/accompagnements?text=ateliers", "/accompagnements?scope=MINE&basket=SILENT"],
    **{name: [f"/accompagnements/{number}{act}" for number in (*FOLLOWED, 9)] for name, act in OF_FOLLOW_UPS.items()},
    "keep_view": ["/accompagnements/vues"],
    "forget_view": ["/accompagnements/vues/suppression"],
    "portfolio": ["/accompagnements/portefeuille"],
    "transfer_portfolio": ["/accompagnements/portefeuille/transfert"],
    "plan_cover": ["/accompagnements/portefeuille/absence"],
    "stop_cover": ["/accompagnements/portefeuille/absence/1/fin"],
    "orphans": ["/accompagnements/sans-referent"],
    "open_follow_up": [
        *(f"/etablissements/{one.siren}00010/accompagnement?liste=2" for one in (ATELIERS, BRETONNE, HEALTHY)),
        "/etablissements/00000000000000/accompagnement",
    ],
    "follow_ups_workbook": ["/accompagnements/export.xlsx", "/accompagnements/export.xlsx?statut=EN_COURS"],
    "follow_up_figures": ["/accompagnements/statistiques", "/accompagnements/statistiques?csv=1&departement=87"],
    "boards": ["/kanban"],
    "notifications": ["/notifications"],
    "open_notice": ["/notifications/avis/alert-1", "/notifications/avis/x"],
    "mark_notifications_read": ["/notifications/lecture"],
    "choose_digest": ["/notifications/courriel"],
    "board": ["/kanban/nouvelle-aquitaine", "/kanban/bretagne", "/kanban/occitanie?mine=on", "/kanban/nulle-part"],
    "cards": ["/kanban/nouvelle-aquitaine/cartes", "/kanban/nouvelle-aquitaine/cartes?text=ateliers"],
    "limit_columns": ["/kanban/nouvelle-aquitaine/limites"],
    "open_from_board": [
        *(f"/kanban/nouvelle-aquitaine/ouverture?entreprise={one.siren}" for one in (ATELIERS, BRETONNE)),
        "/kanban/nulle-part/ouverture?entreprise=82222222200010",
        "/kanban/nouvelle-aquitaine/ouverture?entreprise=ateliers",
    ],
    "archived_cards": ["/kanban/nouvelle-aquitaine/archives"],
    "preview_card": [f"/kanban/nouvelle-aquitaine/cartes/{number}" for number in (*FOLLOWED, 9)],
    "move_card": [f"/kanban/nouvelle-aquitaine/cartes/{number}/deplacement" for number in FOLLOWED],
    "archive_card": [f"/kanban/nouvelle-aquitaine/cartes/{number}/archivage" for number in FOLLOWED],
    "touch_place": [f"/etablissements/{one.siren}00010/prise-de-contact" for one in (BRETONNE, HEALTHY)],
}
SEANCES = {7101: ("87", ATELIERS), 7102: ("35", BRETONNE)}
"""Of the zone of most accounts, and of another."""
OF_SEANCES = {
    "seance": "", "prepare_seance": "/preparation", "add_to_seance": "/entreprises",
    "add_followed_to_seance": "/entreprises/accompagnees", "add_to_review_to_seance": "/entreprises/a-revoir",
    "remove_from_seance": "/entreprises/1/retrait", "move_in_seance": "/entreprises/1/rang",
    "decide_in_seance": "/entreprises/1/decision", "send_seance": "/envoi",
}  # fmt: skip
ADDRESSES |= {
    "seances": ["/seances"],
    "new_seance": ["/seances/nouvelle"],
    **{name: [f"/seances/{number}{act}" for number in (*SEANCES, 9)] for name, act in OF_SEANCES.items()},
    "seance_leaves": [f"/seances/{number}/fiches.{kind}" for number in SEANCES for kind in ("docx", "pdf", "odt")],
    "seance_paper": [
        f"/seances/{number}/{paper}"
        for number in SEANCES
        for paper in ("ordre-du-jour.docx", "releve-de-decisions.docx", "ordre-du-jour.pdf")
    ],
}
CAMPAGNES = {7201: ("87", ATELIERS), 7202: ("35", BRETONNE)}
"""Of the zone of most accounts, and of another."""
OF_CAMPAGNES = {
    "campagne": "", "campagne_workbook": "/export.xlsx", "add_to_campagne": "/entreprises",
    "close_campagne": "/cloture", "take_in_campagne": "/entreprises/1/prise",
    "answer_in_campagne": "/entreprises/1/resultat",
}  # fmt: skip
ADDRESSES |= {
    "campagnes": ["/campagnes"],
    "new_campagne": ["/campagnes/nouvelle"],
    **{name: [f"/campagnes/{number}{act}" for number in (*CAMPAGNES, 9)] for name, act in OF_CAMPAGNES.items()},
}
ADDRESSES |= {
    "open_selected": [f"/listes/{number}/ouverture" for number in (2, 99)],
    "launch_campagne": [
        *(f"/listes/{number}/campagne" for number in (1, 2, 99)),
        *(f"/listes/2/campagne?{query}" for query in ("level=elevee", "debt_min=50000", "scope=implantation")),
    ],
    "add_selected_to_seance": ["/selection/seance"],
    "letter": [
        *(f"/etablissements/{one.siren}00010/courrier" for one in (ATELIERS, BRETONNE, HEALTHY)),
        f"/etablissements/{ATELIERS.siren}00010/courrier?modele=REMINDER",
        "/etablissements/00000000000000/courrier",
    ],
    "letter_file": [f"/etablissements/{one.siren}00010/courrier.docx" for one in (ATELIERS, BRETONNE, HEALTHY)],
    "letters": ["/selection/courriers"],
    "letter_answers": ["/courriers/reponses"],
    "follow_answer": [f"/etablissements/{one.siren}00010/courrier/suite" for one in (ATELIERS, BRETONNE, HEALTHY)],
    "letter_templates": ["/courriers/modeles"],
    "letter_template": ["/courriers/modeles/URSSAF/FIRST", "/courriers/modeles/PRODUCT/FIRST"],
    "dispositifs_file": ["/courriers/dispositifs.docx", "/courriers/dispositifs.odt"],
}
"""For each name of the URL conf, what is asked: every page, filter, sort, search and page of results."""
CHANGES_EACH_TIME = re.compile(
    rb"""(name="csrfmiddlewaretoken" value=|X-Instantane":|data-csrf=) ?"[^"]+| \xc3\xa0 [0-2][0-9]:[0-5][0-9]"""
    rb"""|"left": [0-9]+"""
)
"""The masked token of a form, the dated token of a page, the minute of what the trial itself did, such as signing in,
and the seconds that a session still has: they differ between two readings of one page."""


def without_alerts(one: Invented) -> Invented:
    """The same company, its alert given to another."""
    moved = {HEALTHY.siren: ("elevee", 1, True), IN_PROCEDURE.siren: ("moderee", 2, False)}
    level, rank, first = moved.get(one.siren, (None, 9, False))
    return replace(one, level=level, rank=rank, first_alert=first)


def indebted(one: Invented) -> Invented:
    """The same company, with another debt, or one where there was none."""
    return replace(one, debt=(one.debt or 0) + 11_111)


def elsewhere(one: Invented) -> Invented:
    """The same company; that of another zone has neither its alert nor its debt."""
    return replace(one, level=None, rank=7, debt=123) if one.siren == BRETONNE.siren else one


def same(one: Invented) -> Invented:
    """The same company, whose tables of the State differ."""
    return one


OF_THE_STATE: dict[str, tuple[str, ...]] = {
    "other dues and plans": (
        *("cotisation_by_month:du", "clean_delai:montant_echeancier", "clean_delai:date_creation"),
        *("delai_by_month:montant_echeancier", "delai_by_month:reste_prevu", "delai_by_month:dette"),
    ),
    "other activité partielle": ("clean_ap:etp_autorise_reparti", "clean_ap:etp_consomme_connu"),
    "other taxes": ("tax_arrears:montant_restant", "vat_by_month:chiffre_affaires"),
}
"""The columns that differ from the first home, by world."""
OF_COMPANIES = (
    *(one for name in ("company", "company_pdf", "establishment") for one in ADDRESSES[name]),
    *(f"/accompagnements/{number}{act}" for number in FOLLOWED for act in ("", "/historique")),
    *("/", "/listes", "/recherche?q=limoges"),
)
"""What is asked in those worlds, whose tables only these pages read."""
EVERYTHING = "everything that is protected"
WORLDS: dict[str, tuple[Callable[[Invented], Invented], list[str]]] = {
    EVERYTHING: (lambda one: indebted(without_alerts(one)), [OUTSIDE, EXPIRED, PRODUCT, NOBODY, AS_EXPIRED]),
    "other alerts": (without_alerts, [URSSAF]),
    "other debts": (indebted, [DETECTION]),
    "another alert and debt out of zone": (elsewhere, [CRP, URSSAF, DETECTION]),
    "other dues and plans": (same, [DETECTION]),
    "other activité partielle": (same, [URSSAF]),
    "other taxes": (same, [CRP, URSSAF, DETECTION]),
}
"""What differs from the first home, and who may read nothing of it.

Whoever may read nothing protected reads a world where everything differs at once: every page for one difference takes
as long as for all of them."""


def altered_columns(world: str) -> Iterable[str]:
    """The columns of the tables of the State that differ in a world."""
    return chain.from_iterable(OF_THE_STATE.values()) if world == EVERYTHING else OF_THE_STATE.get(world, ())


@pytest.fixture(scope="module")
def homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Home]:
    """The home of each world, and that they differ from, which is named by nothing."""
    worlds = {"": lambda one: one} | {name: change for name, (change, _) in WORLDS.items()}
    return {name: built(tmp_path_factory.mktemp("world"), name, change) for name, change in worlds.items()}


def built(path: Path, name: str, change: Callable[[Invented], Invented]) -> Home:
    """A home whose companies are changed; their debts also stand in the reasons of the list."""
    home = TinyHome(path, [change(one) for one in COMPANIES])
    home.publish("2610-a", altered=lambda tables: alter(tables, altered_columns(name)))
    for number, label in ((1, "Avril 2026"), (2, "Octobre 2026")):
        folder = home.write_list(number, label, date(2026, 10 if number == 2 else 4, 1))
        write_capacity(folder, ordered_by_debt(home.companies))
        if name in ("other debts", EVERYTHING):
            change_debt_reasons(folder / "reasons.parquet")
    home.write_list(3, "Novembre 2026", date(2026, 11, 1), acts=("draft",))
    return home.home


def alter(tables: Path, columns: Iterable[str]) -> None:
    """Change every amount of the columns, named `table:column`."""
    for table, column in (one.split(":") for one in columns):
        file = tables / f"{table}.parquet"
        rows = pq.read_table(file)
        kind = rows.schema.field(column).type
        number = pa.int32() if pa.types.is_date(kind) else pa.float64()
        values = pc.cast(pc.add(pc.cast(rows[column], number), pa.scalar(3, number)), kind, safe=False)
        pq.write_table(rows.set_column(rows.schema.get_field_index(column), column, values), file)


def change_debt_reasons(file: Path) -> None:
    """Give other amounts to the reasons that come from Urssaf, and leave those of other families."""
    reasons = pq.read_table(file)
    urssaf = pc.equal(reasons["family"], "urssaf")
    for column, other in (("text", pa.scalar("77 % des cotisations")), ("value", pa.scalar(0.77))):
        values = pc.if_else(urssaf, other, reasons[column])
        reasons = reasons.set_column(reasons.schema.get_field_index(column), column, values)
    pq.write_table(reasons, file)


def follow() -> None:
    """Open follow-ups under known numbers."""
    for number, one in FOLLOWED.items():
        FollowUp.objects.create(
            pk=number,
            siret=f"{one.siren}00010",
            siren=one.siren,
            departement=one.places[0],
            name=one.name,
            column=BoardColumn.A_DEFINIR.name,
            statut=BoardColumn.A_DEFINIR.statut.name,
            criticite=Criticite.AUCUNE.name,
            opened_on=date(2026, 11, 2),
            changed_at=datetime(2026, 11, 2, 9, tzinfo=UTC),
            rank="i",
        )


def secretary() -> Account:
    """Who prepares séances and opens campagnes."""
    known = {"name": "Claude", "segment": "SP_CODEFI", "administration": "DGFIP"}
    return Account.objects.get_or_create(known, email="secretariat@demo.example")[0]


def sit() -> None:
    """Prepare séances under known numbers, each with a company that is followed."""
    author = secretary()
    for number, (departement, one) in SEANCES.items():
        seance = Seance.objects.create(
            pk=number, departement=departement, on=date(2026, 11, 3), title="CODEFI restreint", created_by=author
        )
        seance.companies.create(siret=f"{one.siren}00010", position=1)


def call() -> None:
    """Open campagnes under known numbers, each on a company that is followed."""
    author = secretary()
    for number, (departement, one) in CAMPAGNES.items():
        campagne = Campagne.objects.create(
            pk=number, departement=departement, opened_on=date(2026, 11, 3), title="Métallurgie", opened_by=author
        )
        campagne.companies.create(siret=f"{one.siren}00010", siren=one.siren, position=1)


class Undrawn:
    """The page of a PDF, as it is before it is drawn."""

    def __init__(self, string: str, **_: object) -> None:
        self.page = string

    def write_pdf(self, **_: object) -> bytes:
        """The page itself."""
        return self.page.encode()


def watching(correspondent: Client) -> Client:
    """Make the session of a CRP see with the rights of whoever reads nothing."""
    Account.objects.filter(email="crp@demo.example").update(correspondent=True)
    theirs = Account.objects.get(email="echu@demo.example")
    assert correspondent.post(f"/comptes/{theirs.pk}/regard", {"motive": "essai"}).status_code == 302
    return correspondent


Read = Callable[..., dict[str, bytes]]


@pytest.fixture(scope="module")
def already_read() -> dict[tuple[str, str], dict[str, bytes]]:
    """What each account read in the first home, to which every other is compared."""
    return {}


@pytest.fixture
def read(
    homes: dict[str, Home],
    signed_in: SignedIn,
    settings: Settings,
    already_read: dict[tuple[str, str], dict[str, bytes]],
    monkeypatch: pytest.MonkeyPatch,
) -> Read:
    """What an account reads in a world, by default at every address: each answer to the byte.

    A PDF is replaced by the page that is drawn into it, because drawing takes a second.
    """
    monkeypatch.setattr("weasyprint.HTML", Undrawn)
    clients = {kind: Client() if kind == NOBODY else signed_in(kind) for kind in EVERYBODY[:-1]}
    # Signing the CRP in again would end their own session, which would then read nothing.
    clients[AS_EXPIRED] = watching(open_session(Client(), Account.objects.get(email="crp@demo.example")))
    follow()
    sit()
    call()

    def of(kind: str, world: str, *addresses: str) -> dict[str, bytes]:
        if not addresses and (kind, world) in already_read:
            return already_read[kind, world]
        settings.SF_HOME = homes[world]
        answers = dict(answered(clients[kind], addresses or [one for some in ADDRESSES.values() for one in some]))
        if not addresses:
            already_read[kind, world] = answers
        return answers

    return of


def answered(client: Client, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The status, headers and body at each address, and as a fragment where there is one."""
    for address in addresses:
        for headers in ({}, {"HX-Request": "true"}) if "/listes" in address else ({},):
            answer = client.get(address, headers=headers)
            named = {name: value for name, value in answer.headers.items() if name != "Content-Security-Policy"}
            shown = CHANGES_EACH_TIME.sub(b"", answer.getvalue() if answer.streaming else answer.content)
            yield f"{address} {headers}", f"{answer.status_code} {named}\n".encode() + shown


def test_each_page_of_the_application_is_compared() -> None:
    """A page is added to `ADDRESSES` when it is added to the URL conf."""
    assert all(isinstance(pattern, URLPattern) for pattern in urlpatterns), "walk included URL confs too"
    assert {pattern.name for pattern in urlpatterns} == set(ADDRESSES)
    for pattern in urlpatterns:
        assert [one for one in ADDRESSES[str(pattern.name)] if not pattern.resolve(one.split("?")[0][1:])] == []


@pytest.mark.django_db
@pytest.mark.parametrize("world", WORLDS)
def test_whoever_may_not_read_what_differs_reads_the_same_bytes(read: Read, world: str) -> None:
    addresses = OF_COMPANIES if world in OF_THE_STATE else ()
    for kind in WORLDS[world][1]:
        here, there = read(kind, "", *addresses), read(kind, world, *addresses)
        assert [address for address in here if here[address] != there[address]] == [], kind


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("world", "kind", "address"),
    [
        ("other alerts", CRP, f"/entreprises/{ATELIERS.siren}"),
        ("other alerts", DETECTION, "/listes"),
        ("other alerts", CRP, "/recherche?q=limoges"),
        ("other debts", URSSAF, f"/entreprises/{ATELIERS.siren}"),
        ("other debts", CRP, f"/entreprises/{ATELIERS.siren}"),
        ("other debts", CRP, f"/etablissements/{ATELIERS.siren}00010"),
        ("other dues and plans", URSSAF, f"/entreprises/{ATELIERS.siren}"),
        ("other dues and plans", URSSAF, f"/etablissements/{ATELIERS.siren}00010"),
        ("other activité partielle", CRP, f"/entreprises/{ATELIERS.siren}"),
        ("other activité partielle", DETECTION, f"/etablissements/{ATELIERS.siren}00010"),
        ("other dues and plans", URSSAF, "/accompagnements/7001"),
        ("other taxes", CODEFI, f"/entreprises/{ATELIERS.siren}"),
    ],
)
def test_whoever_may_read_it_sees_the_difference(read: Read, world: str, kind: str, address: str) -> None:
    here, there = read(kind, "", address), read(kind, world, address)
    assert all(here[one] != there[one] for one in here)


@pytest.mark.django_db
def test_an_account_reads_the_same_bytes_twice(read: Read) -> None:
    """Otherwise a difference would prove nothing."""
    before = read(CRP, "", "/listes", "/recherche?q=limoges")
    assert read(CRP, "", "/listes", "/recherche?q=limoges") == before
