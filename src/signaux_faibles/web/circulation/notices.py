"""Notices: what is new about followed companies, contested figures, letters and séances, once each, by rights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.served.company import company_of, known_companies
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import Membership
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.circulation.alert_words import alert_words
from signaux_faibles.web.circulation.kinds import FAMILIES, NEWS, AlertKind, NewsKind
from signaux_faibles.web.circulation.models import CompanyAlert, NoticeMark
from signaux_faibles.web.circulation.subscriptions import companies_since
from signaux_faibles.web.courriers.answers import ANSWERS
from signaux_faibles.web.courriers.models import LetterStep
from signaux_faibles.web.courriers.noting import TEMPLATES
from signaux_faibles.web.courriers.steps import ONE_EXCHANGE, LetterStepKind
from signaux_faibles.web.feedback.models import Dispute, DisputeAnswer
from signaux_faibles.web.feedback.subjects import Subject
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.decide import decide
from signaux_faibles.web.rights.letters import LetterAct, LetterTies, decide_letter
from signaux_faibles.web.rights.networks import sits_on_codefi
from signaux_faibles.web.seances.models import SeanceMember, Sending
from signaux_faibles.web.unlocking.unlock import ties_of
from signaux_faibles.wording.french import day_label

May = Callable[[str, Family], bool]
"""Whether a family of a company may be read."""
KEPT = timedelta(days=180)
"""Older notices are no longer shown."""


@dataclass(frozen=True)
class Notice:
    """A notice: what is new, about which company, since when.

    Attributes:
        key: what distinguishes it from any other, such as `alert-12`.
        siren: the company; empty for a séance. name: as the register knows it; None where INSEE masks it.
        link: the name of the page where it is read, and what the address needs.
        family: what opens it; alert: the list, rank and level of an alert that the notice shows.
    """

    key: str
    kind: NewsKind
    siren: str
    words: str
    at: datetime
    link: tuple[str, str]
    name: str | None = None
    family: Family = Family.OPEN
    alert: tuple[int, int, Level] | None = None


def notices_of(actor: Actor, snapshot: Snapshot) -> list[Notice]:
    """What an agent has not read yet and may read, latest first, without the names of companies."""
    if actor.agent.product_administrator or not actor.agent.personal_ties:
        return []
    since = companies_since(actor)
    may = _asking(actor, snapshot)
    notices = [*_alerts(may, since), *_disputes(actor, may, since), *answers_to_letters(actor), *_seances(actor)]
    if not notices:
        return []
    read = NoticeMark.objects.filter(account=actor.account, key__in=[one.key for one in notices], read_at__isnull=False)
    keys = set(read.values_list("key", flat=True))
    return sorted((one for one in notices if one.key not in keys), key=lambda one: (one.at, one.key), reverse=True)


def with_names(notices: Iterable[Notice], snapshot: Snapshot) -> list[Notice]:
    """The same notices, with the names of their companies."""
    listed = list(notices)
    names = known_companies(snapshot, {one.siren for one in listed if one.siren})
    return [replace(one, name=names.get(one.siren)) for one in listed]


def mark_notices_read(actor: Actor, notices: Iterable[Notice]) -> None:
    """Note that the agent has read some notices."""
    for one in notices:
        NoticeMark.objects.update_or_create(account=actor.account, key=one.key, defaults={"read_at": timezone.now()})


def mark_company_read(actor: Actor, snapshot: Snapshot, siren: str) -> None:
    """Note that the agent has read the notices of a company, on the page of its follow-up."""
    mark_notices_read(actor, [one for one in notices_of(actor, snapshot) if one.siren == siren])


def _asking(actor: Actor, snapshot: Snapshot) -> May:
    """Whether the agent may read a family of a company; a company is looked up once, and its ties only if needed."""
    ties = cache(lambda: ties_of(actor.account, actor.agent.zone, actor.today))

    def may(siren: str, family: Family) -> bool:
        company = company_of(snapshot, siren)
        tied = ties()(siren, company.active_departments if company else frozenset())
        return decide(actor.agent, tied, family, actor.today).allowed

    return cache(may)


def _alerts(may: May, since: Mapping[str, datetime]) -> Iterator[Notice]:
    if not since:
        return
    rows = CompanyAlert.objects.filter(siren__in=list(since), at__gte=timezone.now() - KEPT)
    alerts = [one for one in rows if one.at >= since[one.siren]]
    moved = any(one.kind == AlertKind.MOVE.name for one in alerts)
    published = {one.number for one in published_lists(settings.SF_HOME)} if moved else set()
    for one in alerts:
        kind = AlertKind[one.kind]
        if not may(one.siren, FAMILIES[kind]) or (kind is AlertKind.MOVE and one.detail["list"] not in published):
            continue
        after, rank = one.detail.get("after"), one.detail.get("rank")
        level_shown = (one.detail["list"], rank, Level(after)) if kind is AlertKind.MOVE and after and rank else None
        words, link = alert_words(kind, one.detail), ("company", one.siren)
        key = f"alert-{one.pk}"
        yield Notice(key, NEWS[kind], one.siren, words, one.at, link, family=FAMILIES[kind], alert=level_shown)


def _disputes(actor: Actor, may: May, since: Mapping[str, datetime]) -> Iterator[Notice]:
    recent = timezone.now() - KEPT
    contested = Dispute.objects.filter(siren__in=list(since), at__gte=recent).exclude(account=actor.account)
    for one in contested.select_related("account"):
        subject = Subject[one.subject].value
        if one.at >= since[one.siren] and may(one.siren, subject.family):
            words = f"{one.account.signature} conteste : {subject.label.lower()}."
            yield Notice(f"dispute-{one.pk}", NewsKind.DISPUTES, one.siren, words, one.at, _page(one))
    concerned = Q(dispute__siren__in=list(since)) | Q(dispute__account=actor.account)
    for answer in DisputeAnswer.objects.filter(concerned, at__gte=recent).select_related("dispute"):
        one = answer.dispute
        started = since.get(one.siren, answer.at) if one.account_id != actor.account.pk else answer.at
        if answer.at >= started and may(one.siren, Subject[one.subject].value.family):
            words = f"{answer.by} a répondu sur ce qui était contesté : {Subject[one.subject].value.label.lower()}."
            yield Notice(f"answer-{answer.pk}", NewsKind.DISPUTES, one.siren, words, answer.at, _page(one))


def _page(dispute: Dispute) -> tuple[str, str]:
    return ("establishment", dispute.siret) if dispute.siret else ("company", dispute.siren)


def answers_to_letters(actor: Actor) -> Iterator[Notice]:
    """The answers that colleagues noted to the letters of the agent, read or not.

    Those of a follow-up that the agent carries are left out: its events report them.
    """
    since = actor.today - KEPT - ONE_EXCHANGE
    own_letters = LetterStep.objects.filter(
        siret=OuterRef("siret"),
        administration=OuterRef("administration"),
        step__in=[one.name for one in TEMPLATES],
        approach__account=actor.account,
        on__gt=since,
        on__lte=OuterRef("on"),
    )
    carried = Membership.objects.filter(
        account=actor.account, follow_up__siret=OuterRef("siret"), follow_up__statut__in=OPEN_STATUTS
    )
    rows = LetterStep.objects.filter(step__in=[one.name for one in ANSWERS], approach__at__gte=timezone.now() - KEPT)
    answers = rows.exclude(approach__account=actor.account).filter(Exists(own_letters), ~Exists(carried))
    for row in answers.select_related("approach__account"):
        ties = LetterTies(row.approach.departement, True, False, Administration[row.administration])
        if decide_letter(actor.agent, ties, LetterAct.READ_OUTCOME).allowed:
            answer, author = LetterStepKind[row.step].value, row.approach.account.signature
            words = f"{answer} : réponse à votre courrier, notée par {author}."
            link = ("letter", row.siret)
            yield Notice(f"letter-{row.pk}", NewsKind.ANSWERS, row.siret[:9], words, row.approach.at, link)


def _seances(actor: Actor) -> Iterator[Notice]:
    """The séances at which the agent sits, and the relevés that were sent since they were held."""
    if not sits_on_codefi(actor.agent):
        return
    seats = SeanceMember.objects.filter(account=actor.account, seance__on__gte=actor.today).select_related("seance")
    for one in seats.exclude(seance__created_by=actor.account):
        words = f"Vous êtes attendu à la séance du CODEFI {one.seance.departement} du {day_label(one.seance.on)}."
        link = ("seance", str(one.seance_id))
        yield Notice(f"seance-{one.pk}", NewsKind.SEANCES, "", words, one.seance.created_at, link)
    sent = Sending.objects.filter(seance__members__account=actor.account, at__gte=timezone.now() - KEPT)
    sendings = sent.filter(at__date__gte=F("seance__on"), seance__companies__decisions__isnull=False).distinct()
    for sending in sendings.exclude(author=actor.account).select_related("seance"):
        seance = sending.seance
        words = (
            f"Le relevé de décisions de la séance du CODEFI {seance.departement} du {day_label(seance.on)} est prêt."
        )
        yield Notice(f"releve-{sending.pk}", NewsKind.SEANCES, "", words, sending.at, ("seance", str(seance.pk)))
