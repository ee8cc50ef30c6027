"""The page of the statistics of use, and its export."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.pages.index import FollowUpFilters
from signaux_faibles.web.accompagnements.pages.views import actor_of
from signaux_faibles.web.accompagnements.reading import seen
from signaux_faibles.web.accompagnements.states import Progress
from signaux_faibles.web.accompagnements.statistics import Statistics, statistics_of
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.wording.plain_cells import plain_cell

HEADER = ("Ce qui est compté", "Détail", "Entreprises", "Accompagnements")


@require_safe
@open_to_agents
def figures(request: AgentRequest) -> HttpResponse:
    """The statistics of use of the zone of the agent, or of one of its departments."""
    filters = FollowUpFilters(request.GET, zone=request.agent.zone)
    rows = FollowUp.objects.filter(seen(actor_of(request))) if filters.is_valid() else FollowUp.objects.none()
    if filters.is_valid() and filters.cleaned_data["departement"]:
        rows = rows.filter(departement=filters.cleaned_data["departement"])
    statistics = statistics_of(rows)
    if "csv" in request.GET and filters.is_valid():
        return _csv(statistics, fictitious=request.snapshot.manifest.fictitious)
    context = {"filters": filters, "found": statistics, "steps": list(Progress)}
    return render(request, "accompagnements/figures.html", context)


def _csv(statistics: Statistics, *, fictitious: bool) -> HttpResponse:
    """The same figures for a spreadsheet in French: semicolons, and a mark that says it is UTF-8."""
    text = StringIO()
    writer = csv.writer(text, delimiter=";")
    if fictitious:
        writer.writerow(["Données fictives"])
    writer.writerow(HEADER)
    writer.writerows(_lines(statistics))
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="accompagnements-{today().isoformat()}.csv"'
    return answer


def _lines(statistics: Statistics) -> Iterator[tuple[str, str, int | str, int]]:
    yield ("Total", statistics.total.label, statistics.total.companies, statistics.total.follow_ups)
    yield ("Total", statistics.watched.label, statistics.watched.companies, statistics.watched.follow_ups)
    groups = {
        "Statut": statistics.by_statut,
        "Issue": statistics.by_outcome,
        "Département": statistics.by_department,
        "Réseau des référents": statistics.by_network,
    }
    for title, counts in groups.items():
        for one in counts:
            yield (title, plain_cell(one.label), one.companies, one.follow_ups)
    for line in statistics.dispositifs:
        for step, count in line.reached.items():
            yield (f"Dispositif {step.value}", plain_cell(line.label), "", count)
