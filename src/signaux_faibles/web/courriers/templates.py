"""The letter templates of each administration: the last version that its agents wrote, or that of the application."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import IntegrityError, transaction

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.courriers.guard import faults
from signaux_faibles.web.courriers.models import Template, TemplateKind
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.web.rights.letters import LetterVerdict, decide_template

WRITING = tuple(one for one in Administration if one is not Administration.PRODUCT)
"""The administrations that write to directors."""
_OFFERS: Mapping[Administration, str] = {
    Administration.URSSAF: "Nous pouvons notamment examiner avec vous l’échelonnement de vos cotisations.",
    Administration.DGFIP: (
        "Nous pouvons notamment examiner avec vous un plan de règlement, ou la saisine de la commission des chefs de "
        "services financiers, qui réunit les créanciers publics."
    ),
    Administration.DREETS: "Nous pouvons notamment vous aider à préparer une réorganisation ou une reprise.",
    Administration.DDETS: (
        "Nous pouvons notamment vous présenter les aides au maintien dans l’emploi et au développement des compétences."
    ),
    Administration.DGE: "Nous pouvons notamment vous mettre en relation avec les services de l’État de votre filière.",
    Administration.DGEFP: (
        "Nous pouvons notamment vous présenter les aides au maintien dans l’emploi et au développement des compétences."
    ),
    Administration.BDF: (
        "Nous pouvons notamment vous présenter la médiation du crédit et le correspondant des entreprises."
    ),
}
_FIRST = """Madame, Monsieur,

L’État, ses opérateurs et leurs partenaires ont signé le 10 février 2026 une charte de confiance : aller au-devant des \
dirigeants d’entreprise, les écouter et les orienter.

À ce titre, {{administration}} vous propose un échange sur {{denomination}}, au moment qui vous conviendra. {offer}

Cet échange est confidentiel, gratuit et sans engagement. Il n’est ni un contrôle, ni une mise en demeure, et n’ouvre \
aucune procédure. La fiche ci-jointe présente les dispositifs ouverts aux entreprises et leurs interlocuteurs ; elle \
est la même pour toutes.

Vous pouvez me répondre à l’adresse {{courriel}}. Si vous ne souhaitez pas d’échange, il vous suffit de me l’écrire : \
nous ne vous solliciterons plus à ce titre.

Veuillez agréer, Madame, Monsieur, l’expression de ma considération distinguée."""
_REMINDER = """Madame, Monsieur,

Je vous ai proposé récemment un échange sur {{denomination}}, au titre de la charte de confiance du 10 février 2026, \
et reste à votre disposition si vous le souhaitez. {offer}

Cet échange est confidentiel, gratuit et sans engagement. Il n’est ni un contrôle, ni une mise en demeure.

Vous pouvez me répondre à l’adresse {{courriel}}. Sans réponse de votre part, je ne vous écrirai plus à ce titre.

Veuillez agréer, Madame, Monsieur, l’expression de ma considération distinguée."""
_SUBJECTS = {
    TemplateKind.FIRST: "Un échange à votre disposition",
    TemplateKind.REMINDER: "Un échange à votre disposition (relance)",
}
_TEXTS = {TemplateKind.FIRST: _FIRST, TemplateKind.REMINDER: _REMINDER}


class TemplateRefused(Exception):
    """The agent may not change the template, or it says what no letter says; the reasons are sentences."""

    def __init__(self, sentences: tuple[str, ...]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = sentences


class WrittenMeanwhile(Exception):
    """Somebody wrote a version since the agent read the template."""


@dataclass(frozen=True)
class CurrentTemplate:
    """A letter template as it is used: its last version, 0 for that of the application."""

    administration: Administration
    kind: TemplateKind
    version: int
    subject: str
    text: str
    author: str = ""

    @property
    def faults(self) -> tuple[str, ...]:
        """Why it may not be sent; it may have been written under a former guard."""
        return faults(f"{self.subject}\n{self.text}", self.administration)


def template_of(administration: Administration, kind: TemplateKind) -> CurrentTemplate:
    """The template that letters are drawn from."""
    rows = Template.objects.filter(administration=administration.name, kind=kind.name).select_related("author")
    last = rows.order_by("-version").first()
    if last is None:
        return CurrentTemplate(
            administration, kind, 0, _SUBJECTS[kind], _TEXTS[kind].format(offer=_OFFERS[administration])
        )
    return CurrentTemplate(administration, kind, last.version, last.subject, last.text, last.author.signature)


def versions_of(administration: Administration, kind: TemplateKind) -> list[Template]:
    """The versions that agents wrote, the last one first."""
    rows = Template.objects.filter(administration=administration.name, kind=kind.name)
    return list(rows.select_related("author").order_by("-version"))


def write_version(actor: Actor, read: CurrentTemplate, subject: str, text: str) -> Template:
    """Write the next version of a template, as it was read.

    Raises:
        TemplateRefused: the actor may not, or the words may not be sent. Nothing is written.
        WrittenMeanwhile: it has another version.
    """
    verdict = decide_template(actor.agent, read.administration)
    refused = faults(f"{subject}\n{text}", read.administration) if verdict.allowed else (verdict.why.value,)
    if refused:
        raise TemplateRefused(refused)
    if template_of(read.administration, read.kind).version != read.version:
        raise WrittenMeanwhile
    row = Template(
        administration=read.administration.name,
        kind=read.kind.name,
        version=read.version + 1,
        subject=subject,
        text=text,
        author=actor.account,
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as late:
        raise WrittenMeanwhile from late
    return row


def verdicts(actor: Actor) -> list[tuple[Administration, LetterVerdict]]:
    """For each administration that writes to directors, whether the actor may change its templates, and why not."""
    return [(one, decide_template(actor.agent, one)) for one in WRITING]
