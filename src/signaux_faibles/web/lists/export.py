"""The filtered list as a workbook, by the rights of whoever asks for it, cell by cell."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import IO

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.shortcuts import redirect, render, resolve_url
from django.views.decorators.http import require_safe

from signaux_faibles.detection.lists.eligibility import K
from signaux_faibles.snapshot.archived.capacity import is_ordered, places
from signaux_faibles.snapshot.archived.reasons import theme_effects
from signaux_faibles.snapshot.served.activity import Classed, classed, nomenclature_in_force
from signaux_faibles.snapshot.served.comparables import NO_ACCOUNTS, last_accounts_of
from signaux_faibles.snapshot.served.lists import Alert, PublishedList, published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.reading import seen_statuts
from signaux_faibles.web.consultation.explanation import readable_themes
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.alert_list import AskedList
from signaux_faibles.web.lists.asking import Asking, numbered
from signaux_faibles.web.lists.candidate import Candidate
from signaux_faibles.web.lists.export_columns import COLUMNS, Exported
from signaux_faibles.web.lists.journalling import record_export
from signaux_faibles.web.lists.selection import Selected
from signaux_faibles.web.lists.withdrawal import unless_withdrawn
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.rights.decide import decide_family
from signaux_faibles.web.rights.exports import may_export
from signaux_faibles.web.workbook import IN_MEMORY, MEDIA_TYPE, Parameters, Titles, read_by, write_workbook
from signaux_faibles.wording.french import counted

MANY = 1_000
"""Companies beyond which an agent is asked whether they need them all."""
CONFIDENTIALITY = (
    "Document confidentiel, réservé à la personne nommée ci-dessus. « Confidentiel » : donnée que ses habilitations "
    "n’ouvrent pas, ou qui ne sort jamais de l’application."
)
TITLES = Titles("Liste de détection", "Entreprises", 3)


@require_safe
@open_to_agents
@unless_withdrawn
def list_workbook(request: AgentRequest, number: int) -> HttpResponse | FileResponse:
    """The workbook of a list; a large one is confirmed first; a refused filter leads back to the list."""
    lists = published_lists(settings.SF_HOME)
    published, reader = numbered(lists, number), Reader.of(request)
    decision = decide_family(request.agent, Family.DETECTION, reader.today)
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    asking = Asking.of(request.GET, published, lists, reader=reader, snapshot=request.snapshot)
    if asking.asked.criteria is None:
        return redirect(f"{resolve_url('alert_list', number)}?{request.GET.urlencode()}")
    selected = asking.asked.selected(asking.asked.in_order(reader, request.snapshot), request.snapshot)
    candidates = selected.candidates
    if len(candidates) > MANY and not request.GET.get("confirme"):
        return render(request, "lists/many.html", {"chosen": published, "total": len(candidates), "many": MANY})
    record_export(candidates, published.number, reader, request)
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed with the answer)
    write_workbook(
        file,
        TITLES,
        COLUMNS,
        exported(asking.asked, candidates, reader, request.snapshot),
        _parameters(asking, selected, reader, request.snapshot),
    )
    file.seek(0)
    name = f"liste-{published.number}-{published.month:%Y-%m}.xlsx"
    return FileResponse(file, as_attachment=True, filename=name, content_type=MEDIA_TYPE)


def exported(
    asked: AskedList, candidates: Sequence[Candidate], reader: Reader, snapshot: Snapshot
) -> Iterator[Exported]:
    """The companies of a workbook, each with what a file may hold of it."""
    sirens = [one.alert.siren for one in candidates]
    classes, why = classed(snapshot, sirens), theme_effects(snapshot, asked.published)
    statuts = seen_statuts(sirens, reader.account, reader.agent, reader.today)
    accounts, capacity = last_accounts_of(snapshot, sirens), _capacity(asked.published, snapshot)
    for one in candidates:
        opens = _opening(reader, one.alert)
        themes = readable_themes(why.get(one.alert.siren, ()), opens)
        yield Exported(
            one,
            asked.published,
            classes.get(one.alert.siren, Classed(None, None, None)),
            themes,
            opens,
            capacity,
            accounts.get(one.alert.siren, NO_ACCOUNTS),
            statuts.get(one.alert.siren),
        )


def _capacity(published: PublishedList, snapshot: Snapshot) -> frozenset[str] | None:
    """The companies that the order of jobs keeps, K a department; None where the list holds no order."""
    if not is_ordered(published):
        return None
    jobs = {siren: of_company.jobs.within for siren, of_company in places(snapshot, published).items()}
    return frozenset(siren for siren, within in jobs.items() if within is not None and within <= K)


def _opening(reader: Reader, alert: Alert) -> Callable[[Family], bool]:
    ties = reader.ties(alert.siren, alert.active_departments)
    return cache(lambda family: may_export(reader.agent, ties, family, reader.today))


def _hidden(selected: Selected) -> list[str]:
    """What only the defaults of the list leave out of the file, in one line; none where they leave nothing out."""
    worked, closed = selected.hidden["work"], selected.hidden["closed"]
    parts = [counted(worked, "traitée ou écartée", "traitées ou écartées")] if worked else []
    parts += [counted(closed, "fermée", "fermées")] if closed else []
    return [" ; ".join(parts)] if parts else []


def _parameters(asking: Asking, selected: Selected, reader: Reader, snapshot: Snapshot) -> Parameters:
    published = asking.asked.published
    lines = [
        ("Liste", f"n° {published.number}, {published.label}"),
        ("Entreprises", counted(len(selected.candidates), "entreprise", "entreprises")),
        *read_by(reader, snapshot),
        ("Nomenclature d’activités", nomenclature_in_force(snapshot)),
        ("Ordre", asking.asked.order_words),
        *((f"Filtre : {label}", text) for label, text in asking.filters.said()),
        *(("Masquées par défaut", text) for text in _hidden(selected)),
        ("Confidentialité", CONFIDENTIALITY),
    ]
    return Parameters(lines, published.fictitious or snapshot.manifest.fictitious, reader.today)
