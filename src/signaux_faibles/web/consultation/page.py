"""What the page of a company or of an establishment shows beside its sheet: what agents did, and the forms to do it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from signaux_faibles.sources.families import Family
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.contacts import Touch, touches_of
from signaux_faibles.web.accompagnements.reading import FollowUpLine, seen_follow_ups, seen_follow_ups_of_company
from signaux_faibles.web.accompagnements.states import Statut
from signaux_faibles.web.consultation.company_sheet import CompanySheet
from signaux_faibles.web.consultation.establishment_sheet import EstablishmentSheet
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.feedback.forms import DisputeForm, VoteForm
from signaux_faibles.web.feedback.models import Vote
from signaux_faibles.web.feedback.opinions import OpenDispute, open_disputes, vote_of
from signaux_faibles.web.feedback.reasons import UselessReason
from signaux_faibles.web.feedback.subjects import Subject
from signaux_faibles.web.rights.decide import ReadingVerdict
from signaux_faibles.web.rights.follow_ups import Act, ActVerdict, FollowUpTies, decide_act, decide_opening
from signaux_faibles.web.unlocking.form import UnlockForm

SECTIONS: Mapping[str, tuple[Subject, ...]] = {
    "identite": (Subject.IDENTITE,),
    "etablissements": (Subject.IDENTITE,),
    "frise": (Subject.EFFECTIF, Subject.DETTES, Subject.ACTIVITE_PARTIELLE, Subject.FISCAL),
    "comptes": (Subject.COMPTES,),
    "procedures": (Subject.PROCEDURES,),
    "detection": (Subject.DETECTION,),
}
"""What each section of a page lets agents dispute."""


@dataclass(frozen=True)
class Disputes:
    """The disputes of a section that wait for an answer, and the form to write one."""

    pending: tuple[OpenDispute, ...]
    form: DisputeForm


@dataclass(frozen=True)
class Refused:
    """A form that was sent and refused, with the section of the page that shows it."""

    section: str = ""
    form: Any = None


@dataclass(frozen=True)
class CompanyPage:
    """The sheet of a company with what agents did.

    Attributes:
        disputes: by section, those that the agent may read.
        vote: the last one of the agent on the latest list; vote_form: None where there is nothing to vote on.
        unlock_form: None where there is nothing to unlock.
        follow_ups: those of its establishments that the agent may see.
    """

    sheet: CompanySheet
    disputes: Mapping[str, Disputes]
    vote: Vote | None
    vote_form: VoteForm | None
    unlock_form: UnlockForm | None
    follow_ups: tuple[FollowUpLine, ...]

    @property
    def open_statuts(self) -> tuple[Statut, ...]:
        """The statuts of its open follow-ups that the agent sees, each once."""
        return open_statuts(self.follow_ups)

    @property
    def vote_reasons(self) -> tuple[str, ...]:
        """The reasons of the vote, in words."""
        return tuple(UselessReason[name].value for name in self.vote.reasons) if self.vote else ()

    @classmethod
    def of(cls, sheet: CompanySheet, reader: Reader, refused: Refused = Refused()) -> CompanyPage:
        """Read what agents did; `refused` is shown again with what was typed."""
        published = sheet.alert.published if sheet.alert.entry and sheet.alert.entry.level else None
        return cls(
            sheet=sheet,
            disputes=disputes_of(sheet.company.siren, "", sheet.ask, refused),
            vote=vote_of(reader.account, sheet.company.siren, published.number) if published else None,
            vote_form=_form(refused, "avis", VoteForm) if published else None,
            unlock_form=_form(refused, "deverrouillage", UnlockForm) if sheet.unlockable else None,
            follow_ups=seen_follow_ups_of_company(sheet.company.siren, reader.account, reader.agent, reader.today),
        )


@dataclass(frozen=True)
class EstablishmentPage:
    """The sheet of an establishment with the disputes of agents, its follow-ups and who was in touch with it.

    Attributes:
        may_open: whether the agent may open a follow-up, and why not.
        may_touch: whether the agent may say that they were in touch.
    """

    sheet: EstablishmentSheet
    disputes: Mapping[str, Disputes]
    unlock_form: UnlockForm | None
    follow_ups: tuple[FollowUpLine, ...]
    touches: tuple[Touch, ...]
    may_open: ActVerdict
    may_touch: bool

    @property
    def open_statuts(self) -> tuple[Statut, ...]:
        """The statuts of its open follow-ups that the agent sees, each once."""
        return open_statuts(self.follow_ups)

    @classmethod
    def of(cls, sheet: EstablishmentSheet, reader: Reader, refused: Refused = Refused()) -> EstablishmentPage:
        """Read what agents did; `refused` is shown again with what was typed."""
        place, siren = sheet.place, sheet.company.siren
        actor = Actor(reader.account, reader.agent, reader.today)
        follow_ups = seen_follow_ups([place.siret], reader.account, reader.agent, reader.today)
        already_open = any(one.open for one in follow_ups)
        seen = decide_act(reader.agent, FollowUpTies(place.departement), Act.SEE, reader.today).allowed
        return cls(
            sheet=sheet,
            disputes=disputes_of(siren, place.siret, reader.asking(siren, sheet.company.active_departments), refused),
            unlock_form=UnlockForm() if sheet.unlockable else None,
            follow_ups=follow_ups,
            touches=touches_of(place.siret, actor, place.departement),
            may_open=decide_opening(reader.agent, place.departement, active=place.active, already_open=already_open),
            may_touch=seen or bool(follow_ups),
        )


def open_statuts(follow_ups: Iterable[FollowUpLine]) -> tuple[Statut, ...]:
    """The statuts of those that are open, each once."""
    return tuple(dict.fromkeys(one.statut for one in follow_ups if one.open))


def disputes_of(
    siren: str, siret: str, ask: Callable[[Family], ReadingVerdict], refused: Refused
) -> dict[str, Disputes]:
    """The disputes by section, on the subjects that the agent may read; a section without such a subject has none."""
    readable = {name: tuple(one for one in some if ask(one.value.family).allowed) for name, some in SECTIONS.items()}
    pending = open_disputes(siren, siret, {subject for some in readable.values() for subject in some})
    return {
        name: Disputes(
            tuple(one for one in pending if one.subject in subjects),
            refused.form if refused.section == name else DisputeForm(None, subjects=subjects, prefix=name),
        )
        for name, subjects in readable.items()
        if subjects
    }


def _form(refused: Refused, section: str, form: Callable[[], Any]) -> Any:
    return refused.form if refused.section == section else form()
