"""The filtered follow-ups as a workbook (application §8.2), each text by the network of whoever asks for it.

No procedure that is confidential, and no text that names one, ever leaves in a file.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, resolve_url
from django.utils import timezone
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.served.establishments import Site, sites_of
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.acts import Actor, people_of
from signaux_faibles.web.accompagnements.content import DISPOSITIFS
from signaux_faibles.web.accompagnements.models import FollowUp, Synthesis
from signaux_faibles.web.accompagnements.pages.index import FollowUpFilters, selected
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.accompagnements.reading import ties_to
from signaux_faibles.web.accompagnements.references import ReferenceKind
from signaux_faibles.web.accompagnements.states import Criticite, Outcome, Progress, Statut
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.journal import kinds
from signaux_faibles.web.journal.writing import record
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.rights.follow_ups import Act, decide_act, readable_networks
from signaux_faibles.web.territory import department_labels
from signaux_faibles.web.workbook import (
    DAY,
    IN_MEMORY,
    MEDIA_TYPE,
    OpenColumn,
    Parameters,
    Titles,
    read_by,
    write_workbook,
)
from signaux_faibles.wording.french import counted

TITLES = Titles("Accompagnements", "Accompagnements", 2)
MASKED = "Non diffusible"
CONFIDENTIALITY = (
    "Document confidentiel, réservé à la personne nommée ci-dessus. Les procédures amiables, et les textes qui en "
    "nomment une, n’y figurent pas."
)


@dataclass(frozen=True)
class ExportedFollowUp:
    """A follow-up of a workbook: its establishment, its people, the syntheses that the agent reads.

    Attributes:
        labels: whether the agent sees the étiquettes.
    """

    follow_up: FollowUp
    site: Site | None
    people: Mapping[str, str]
    syntheses: Mapping[Network, str]
    labels: bool

    @property
    def name(self) -> str:
        """The name of the company in today's register; the one noted at the opening if it is no longer there."""
        name = self.site.name if self.site else self.follow_up.name
        return name or MASKED

    def chosen(self, kind: ReferenceKind) -> str | None:
        """What is chosen in a reference list."""
        return ", ".join(self.follow_up.choices.get(kind.name, ())) or None


FollowUpColumn = OpenColumn[ExportedFollowUp]


def _dispositifs(one: ExportedFollowUp) -> str | None:
    progress = one.follow_up.choices.get(DISPOSITIFS, {})
    return ", ".join(f"{label} ({Progress[step].value})" for label, step in progress.items()) or None


def _own_synthesis(one: ExportedFollowUp) -> str | None:
    others = [text for network, text in one.syntheses.items() if network is not Network.CODEFI]
    return "\n\n".join(others) or None


def _department(one: ExportedFollowUp) -> str | None:
    code = one.follow_up.departement or ""
    return f"{department_labels()[code]} ({code})" if code in department_labels() else code or None


COLUMNS = (
    FollowUpColumn("Raison sociale", lambda one: one.name, width=34),
    FollowUpColumn("Siret", lambda one: one.follow_up.siret, width=16),
    FollowUpColumn("Département", _department),
    FollowUpColumn("Statut", lambda one: Statut[one.follow_up.statut].value, width=16),
    FollowUpColumn("Criticité", lambda one: Criticite[one.follow_up.criticite].value),
    FollowUpColumn("Référents", lambda one: one.people["referents"] or None, width=30),
    FollowUpColumn("Participants", lambda one: one.people["participants"] or None, width=30),
    FollowUpColumn("Ouvert le", lambda one: one.follow_up.opened_on, DAY, 12),
    FollowUpColumn("Terminé le", lambda one: one.follow_up.closed_on, DAY, 12),
    FollowUpColumn("Changé le", lambda one: timezone.localdate(one.follow_up.changed_at), DAY, 12),
    FollowUpColumn("Issue", lambda one: Outcome[one.follow_up.outcome].value if one.follow_up.outcome else None),
    FollowUpColumn("Difficultés", lambda one: one.chosen(ReferenceKind.DIFFICULTE), width=30),
    FollowUpColumn("Actions réalisées", lambda one: one.chosen(ReferenceKind.ACTION), width=30),
    FollowUpColumn("Dispositifs", _dispositifs, width=30),
    FollowUpColumn("Instances concernées", lambda one: one.chosen(ReferenceKind.INSTANCE)),
    FollowUpColumn("Réorientations hors CODEFI", lambda one: one.chosen(ReferenceKind.REDIRECTION)),
    FollowUpColumn("Filières", lambda one: one.chosen(ReferenceKind.FILIERE)),
    FollowUpColumn("Étiquettes", lambda one: one.chosen(ReferenceKind.ETIQUETTE) if one.labels else None),
    FollowUpColumn("Synthèse de mon réseau", _own_synthesis, width=60),
    FollowUpColumn("Synthèse CODEFI", lambda one: one.syntheses.get(Network.CODEFI), width=60),
)


@require_safe
@open_to_agents
def follow_ups_workbook(request: AgentRequest) -> HttpResponse | FileResponse:
    """The workbook of the filtered follow-ups; a refused filter leads back to the page, which says why."""
    filters = FollowUpFilters(request.GET, zone=request.agent.zone)
    if not filters.is_valid():
        return redirect(f"{resolve_url('follow_ups')}?{request.GET.urlencode()}")
    actor, reader = actor_of(request), Reader.of(request)
    follow_ups = list(selected(filters, actor, request.snapshot).prefetch_related("members__account"))
    sites = sites_of(request.snapshot, [one.siret for one in follow_ups])
    detail = {"snapshot": request.snapshot.manifest.id, "follow_ups": [one.pk for one in follow_ups]}
    record(kinds.EntryKind.EXPORT, "accompagnements", by=reader.author, detail=detail)
    lines = [("Accompagnements", counted(len(follow_ups), "accompagnement", "accompagnements"))]
    lines += [*read_by(reader, request.snapshot), *_said(filters), ("Confidentialité", CONFIDENTIALITY)]
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed with the answer)
    parameters = Parameters(lines, request.snapshot.manifest.fictitious, reader.today)
    write_workbook(file, TITLES, COLUMNS, exported(follow_ups, sites, actor), parameters)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename="accompagnements.xlsx", content_type=MEDIA_TYPE)


def exported(follow_ups: Iterable[FollowUp], sites: Mapping[str, Site], actor: Actor) -> Iterator[ExportedFollowUp]:
    """The follow-ups of a workbook, each with what the actor may read of it."""
    for one in follow_ups:
        ties, people = ties_to(one, actor.account), people_of(one)
        sees_board = decide_act(actor.agent, ties, Act.READ_BOARD, actor.today).allowed
        yield ExportedFollowUp(
            one,
            sites.get(one.siret),
            {name: ", ".join(account.signature for account in accounts) for name, accounts in people.items()},
            _syntheses(one, readable_networks(actor.agent, ties)),
            labels=sees_board or ties.role is not None,
        )


def _syntheses(follow_up: FollowUp, networks: frozenset[Network]) -> dict[Network, str]:
    """The last synthesis of each network, those that name a confidential procedure left out."""
    syntheses = Synthesis.objects.filter(
        follow_up=follow_up, network__in=[one.name for one in networks], amicable=False
    )
    return {Network[one.network]: one.text for one in syntheses.order_by("at", "pk")}


def _said(filters: FollowUpFilters) -> Iterator[tuple[str, str]]:
    """The filters in use, in words."""
    for name, value in filters.cleaned_data.items():
        if value:
            label, choices = filters.fields[name].label, dict(getattr(filters.fields[name], "choices", ()))
            values = value if isinstance(value, list) else [value]
            yield f"Filtre : {label or 'panier'}", ", ".join(str(choices.get(one, one)) for one in values)
