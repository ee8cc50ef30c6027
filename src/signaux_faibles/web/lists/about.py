"""Pages about lists: all of them; what changed since the one before a list, and its card."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signaux_faibles.snapshot.archived.moves import causes
from signaux_faibles.snapshot.archived.promises import aftermath, outcome_sentences, promise_sentences
from signaux_faibles.snapshot.archived.withdrawn import withdrawn_lists
from signaux_faibles.snapshot.served.lists import (
    Alert,
    PublishedList,
    Scope,
    alert_counts,
    alerts,
    levels_of_lists,
    published_lists,
)
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.access import open_to_agents
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.journal.reading import record_reading
from signaux_faibles.web.lists.asking import numbered
from signaux_faibles.web.lists.candidate import may_read
from signaux_faibles.web.lists.card import card_of
from signaux_faibles.web.lists.changes.facts import MoveRow, facts_of
from signaux_faibles.web.lists.changes.moves import by_cause, grouped, moves
from signaux_faibles.web.lists.index import line_of, readable_counts, withdrawn_line
from signaux_faibles.web.lists.withdrawal import unless_withdrawn
from signaux_faibles.web.request import AgentRequest, today
from signaux_faibles.web.rights.decide import decide_family


@require_safe
@open_to_agents
def all_lists(request: AgentRequest) -> HttpResponse:
    """Every list that was published, latest first, with the alerts of the zone of the agent."""
    lists, reader, snapshot = published_lists(settings.SF_HOME), Reader.of(request), request.snapshot
    decision = decide_family(request.agent, Family.DETECTION, reader.today)
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    lines = [withdrawn_line(one) for one in withdrawn_lists(settings.SF_HOME)]
    for one in lists:
        counts = readable_counts(alert_counts(snapshot, one, request.agent.zone, reader.ties.personal), reader)
        lines.append(line_of(one, counts, lists))
    lines.sort(key=lambda line: (line.month, line.number), reverse=True)
    counted = any(line.high or line.moderate for line in lines)
    detail = {"snapshot": snapshot.manifest.id, "lists": [one.number for one in lists]}
    record_reading(reader, "listes", [Family.DETECTION] if counted else [], detail=detail)
    return render(request, "lists/index.html", {"lines": lines, "agent": request.agent})


@require_safe
@open_to_agents
@unless_withdrawn
def list_changes(request: AgentRequest, number: int) -> HttpResponse:
    """The alerts that a list opens, worsens, eases or closes in the zone of the agent, and why."""
    lists, reader = published_lists(settings.SF_HOME), Reader.of(request)
    chosen = numbered(lists, number)
    decision = decide_family(request.agent, Family.DETECTION, reader.today)
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    previous = next((one for one in lists if one.month < chosen.month), None)
    content: dict[str, Any] = {"chosen": chosen, "previous": previous, "groups": []}
    if previous:
        snapshot = request.snapshot
        before, after = (readable_alerts(one, reader, snapshot) for one in (previous, chosen))
        assessed = levels_of_lists(snapshot, [previous, chosen], [*before, *after])
        all_moves = moves(before, after, assessed, previous, chosen, causes(snapshot, chosen, previous))
        content["causes"] = by_cause(all_moves)
        content["asked"] = asked = request.GET.get("cause", "")
        if asked in [cause for cause, _, _ in content["causes"]]:
            all_moves = [move for move in all_moves if move.computed == (asked,)]
        content["explained"] = [*dict.fromkeys(one.why for one in all_moves if one.short != one.why)]
        facts = facts_of(all_moves, reader, snapshot)
        content["groups"] = [
            (change, [MoveRow(one, facts[one.alert.siren]) for one in some]) for change, some in grouped(all_moves)
        ]
        detail = {"snapshot": snapshot.manifest.id, "sirens": [move.alert.siren for move in all_moves]}
        debts = [Family.URSSAF] if any(one.owed for one in facts.values()) else []
        record_reading(reader, f"liste {number}", [Family.DETECTION, *debts] if all_moves else [], detail=detail)
    return render(request, "lists/changes.html", content)


@require_safe
@open_to_agents
@unless_withdrawn
def list_card(request: AgentRequest, number: int) -> HttpResponse:
    """The card of a list, for those who read detection."""
    lists = published_lists(settings.SF_HOME)
    chosen = numbered(lists, number)
    decision = decide_family(request.agent, Family.DETECTION, today())
    if not decision.allowed:
        return render(request, "errors/refused.html", {"decision": decision}, status=403)
    result = aftermath(request.snapshot, chosen)
    card = card_of(chosen.card, promise=promise_sentences(chosen, lists[0], result), outcome=outcome_sentences(result))
    return render(request, "lists/card.html", {"chosen": chosen, "card": card})


def readable_alerts(published: PublishedList, reader: Reader, snapshot: Snapshot) -> dict[str, Alert]:
    """The alerts of a list that a reader may read, of companies whose head office is in their zone, by siren."""
    in_zone = alerts(snapshot, published, reader.agent.zone, Scope.HEAD_OFFICE)
    return {alert.siren: alert for alert in in_zone if may_read(reader, alert, Family.DETECTION)}
