"""Demonstration follow-ups: what the invented agents did on companies of the published list; refused on real data."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from signaux_faibles.snapshot.served.establishments import Site
from signaux_faibles.snapshot.served.lists import PublishedList, published_lists
from signaux_faibles.web.accompagnements.acts import Actor, CardPlace, Followed, edit, move, name_people, open_on
from signaux_faibles.web.accompagnements.contacts import keep_contact, note_touch
from signaux_faibles.web.accompagnements.covers import cover
from signaux_faibles.web.accompagnements.management.demonstration import (
    CODEFI,
    CRP,
    DDETS,
    URSSAF,
    demonstration_people,
)
from signaux_faibles.web.accompagnements.mentions import TextReaders, citations
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.reading import open_one
from signaux_faibles.web.accompagnements.states import BoardColumn, Channel, Outcome
from signaux_faibles.web.accompagnements.texts import comment, lock_synthesis, write_synthesis
from signaux_faibles.web.accounts.management.demonstration import refuse_real_data
from signaux_faibles.web.lists.seats import seats_in_alert
from signaux_faibles.web.pinning import shelf
from signaux_faibles.web.request import today
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.covers import may_cover

HERE, AROUND = 6, 14
"""Companies of the department of the SP CODEFI, most of whose alerts are left to work, and of its region."""
ABSENCES = ((DDETS, CODEFI, -2, 5), (CRP, "echu@demo.example", 14, 21))
"""Who is away, who covers them, from which day to which, counted from today."""
SYNTHESIS = (
    "**Contexte**\n\nSous-traitant dont le premier client a réduit ses commandes de moitié au printemps.\n\n"
    "**Difficultés**\n\n- trésorerie tendue, part salariale impayée\n- effectif à ajuster\n\n"
    "**Actions**\n\nDélai demandé à l’Urssaf, activité partielle accordée, plan de trésorerie attendu."
)


class Command(BaseCommand):
    """Write the demonstration follow-ups once: do nothing where follow-ups that were not imported exist."""

    help = "Ouvre les accompagnements de démonstration (données fictives seulement)."

    def handle(self, *args: Any, **options: Any) -> None:  # noqa: ARG002 (given by Django)
        """Follow companies in alert of the department of the SP CODEFI, then of the region of the CRP."""
        refuse_real_data("aucun accompagnement de démonstration")
        published = next(iter(published_lists(settings.SF_HOME)), None)
        if published is None or FollowUp.objects.filter(imported=None).exists():
            return
        people = demonstration_people()
        with shelf(settings.SF_HOME).pinned() as snapshot, transaction.atomic():
            departement = people[CODEFI].agent.zone
            here = seats_in_alert(snapshot, published, departement)[:HERE]
            around = seats_in_alert(snapshot, published, people[CRP].agent.zone - departement)[:AROUND]
            for place, story in zip([*here, *around], _stories(people, published), strict=False):
                story(place)
            _absences(people)
        count = FollowUp.objects.filter(imported=None).count()
        self.stdout.write(f"{count} accompagnements ouverts sur la liste. Données fictives.")


class _Story:
    """What happens to one company: opened, enriched by several agents, moved, sometimes closed."""

    def __init__(self, people: dict[str, Actor], published: PublishedList, rank: int) -> None:
        self.people, self.published, self.rank = people, published, rank

    def __call__(self, site: Site) -> None:
        """Write the acts of this story, unless the company already has an open follow-up."""
        place = Followed(site.siret, site.name, site.departement, site.active)
        if open_one(site.siret) is not None:
            return
        here = site.departement in self.people[CODEFI].agent.zone
        author = self.people[CODEFI if here else CRP]
        seen = {"list": self.published.number}
        opened = open_on(author, place, _choices(self.rank), {}, seen)
        if here:
            others = [self.people[one].account.pk for one in (CRP, DDETS)][: 1 + self.rank % 2]
            name_people(author, opened, {"referents": [author.account.pk], "participants": others}, opened.version)
            self._talk(opened, place)
        opened.refresh_from_db()
        if self.rank % 3:
            move(author, opened, CardPlace(BoardColumn.SUIVI_EN_COURS, None, opened.version))
            opened.refresh_from_db()
        if self.rank % 5 == 2 and author is self.people[CRP]:
            move(author, opened, CardPlace(BoardColumn.VEILLE, None, opened.version))
        if self.rank % 7 == 6:
            opened.refresh_from_db()
            move(author, opened, CardPlace(BoardColumn.SUIVI_TERMINE, None, opened.version), Outcome.ORIENTEE)

    def _talk(self, opened: FollowUp, place: Followed) -> None:
        author = self.people[CODEFI]
        urssaf, on = self.people[URSSAF], today() - timedelta(days=2 + self.rank)
        note_touch(urssaf, place, on=on, channel=Channel.PHONE, subject="Demande de délai")
        if self.rank % 2:
            return
        lock_synthesis(author, opened, Network.CODEFI)
        write_synthesis(author, opened, Network.CODEFI, SYNTHESIS, amicable=False, start=None)
        self._cite(self.people[CRP], author, opened, "le dirigeant vient **jeudi** ; prévoir la DDETS.")
        contact = {"first_name": "Lou", "last_name": "Exemple", "role": "DIRIGEANT", "phone": "05 55 00 00 00"}
        keep_contact(author, opened, contact)
        opened.refresh_from_db()
        progress = {"DISPOSITIF": {"Délai ou sursis Urssaf": "DEMANDE", "Activité partielle": "ACTIVE"}}
        edit(author, opened, progress, opened.version)

    def _cite(self, author: Actor, cited: Actor, opened: FollowUp, text: str) -> None:
        """Comment in the CODEFI's network, for a colleague who may read it and is notified."""
        comment_text = f"@{cited.account.signature} : {text}"
        readers = citations(comment_text, TextReaders(opened, Network.CODEFI, amicable=False), author.account).readers
        comment(author, opened, Network.CODEFI, comment_text, mentions=[one.pk for one in readers])


def _absences(people: dict[str, Actor]) -> None:
    """A colleague who is away these days, and one who will be; each is covered by an agent of their zone."""
    for away, by, first, last in ABSENCES:
        if away in people and by in people and may_cover(people[by].agent, people[away].agent):
            first_day, last_day = (today() + timedelta(days=one) for one in (first, last))
            cover(people[away].account, people[by].account, first_day, last_day, today())


def _stories(people: dict[str, Actor], published: PublishedList) -> Iterator[_Story]:
    return (_Story(people, published, rank) for rank in range(HERE + AROUND))


def _choices(rank: int) -> dict[str, Any]:
    criticite = ("MODEREE", "ELEVEE", "AUCUNE")[rank % 3]
    difficulties = (["Dette sociale"], ["Baisse d’activité", "Problèmes de financement"], ["Dette fiscale"])[rank % 3]
    labels = (["Sensible"], [], ["Tension sociale"], [])[rank % 4]
    return {"criticite": criticite, "DIFFICULTE": difficulties, "ETIQUETTE": labels}
