"""A letter as it is sent: a template whose fields come from the register and from the sender, nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from docx.shared import Cm

from signaux_faibles.snapshot.served.establishments import Site
from signaux_faibles.web.accompagnements.naming import name_of
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.components.templatetags.french import siren
from signaux_faibles.web.courriers.guard import FIELD
from signaux_faibles.web.courriers.templates import CurrentTemplate, TemplateRefused
from signaux_faibles.web.documents.word import finished, new_document, safe
from signaux_faibles.web.rights.agent import Administration
from signaux_faibles.wording.french import day_label

BY_HAND = ("……………………………………", "……………………………………")
"""The name and the street of a unit that is not disseminated, which the sender completes by hand."""
TO_COMPLETE = "Nom et adresse non diffusibles : à compléter à la main."
ADDRESS_INDENT = Cm(9)
"""Where the window of an envelope shows the address."""
NAMED = {
    Administration.DGFIP: "la DGFiP",
    Administration.DREETS: "la DREETS",
    Administration.DDETS: "la DDETS",
    Administration.DGE: "la direction générale des entreprises",
    Administration.DGEFP: "la DGEFP",
    Administration.URSSAF: "l’Urssaf",
    Administration.BDF: "la Banque de France",
}
"""An administration as a sentence names it; the team of the product writes to nobody."""
FICTITIOUS = "Données fictives : cette entreprise est inventée."


@dataclass(frozen=True)
class Envelope:
    """Who a letter goes to: the lines of the address; `masked` where INSEE does not disseminate the unit."""

    siret: str
    lines: tuple[str, ...]
    masked: bool


@dataclass(frozen=True)
class DrawnLetter:
    """A letter, ready to be printed."""

    envelope: Envelope
    sender: tuple[str, ...]
    day: str
    subject: str
    paragraphs: tuple[str, ...]
    signature: str
    mentions: tuple[str, ...]


def envelope_of(site: Site) -> Envelope:
    """The address of an establishment; of a unit that is not disseminated, its town alone."""
    if site.name is None:
        return Envelope(site.siret, (*BY_HAND, site.town or BY_HAND[0]), masked=True)
    street = [line.strip() for line in (site.address or "").splitlines() if line.strip()]
    return Envelope(site.siret, tuple(safe(one) for one in (name_of(site), *street)), masked=False)


def letter_to(site: Site, template: CurrentTemplate, sender: Account, day: date, *, fictitious: bool) -> DrawnLetter:
    """The letter of a template to the director of an establishment.

    Raises:
        TemplateRefused: the template says what no letter says.
    """
    if template.faults:
        raise TemplateRefused(template.faults)
    administration = Administration[sender.administration]
    who = f"{sender.name}, {sender.fonction}" if sender.fonction else sender.name
    values = {
        "denomination": site.name or "votre entreprise",
        "siren": siren(site.siret[:9]),
        "administration": NAMED[administration],
        "signature": who,
        "courriel": sender.email,
        "date": day_label(day),
    }
    envelope = envelope_of(site)
    mentions = (*((FICTITIOUS,) if fictitious else ()), *((TO_COMPLETE,) if envelope.masked else ()))
    return DrawnLetter(
        envelope=envelope,
        sender=tuple(safe(one) for one in (administration.value, who, sender.email)),
        day=f"Le {values['date']}",
        subject=safe(_filled(template.subject, values)),
        paragraphs=tuple(
            safe(one) for one in _filled(template.text, values).replace("\r\n", "\n").split("\n\n") if one
        ),
        signature=safe(who),
        mentions=mentions,
    )


def letters_docx(letters: tuple[DrawnLetter, ...]) -> bytes:
    """The letters in one file, each on its own page; the same letters give the same bytes."""
    document = new_document("Courriers au dirigeant")
    for number, one in enumerate(letters):
        sender = document.add_paragraph("\n".join(one.sender))
        sender.paragraph_format.page_break_before = bool(number)
        for mention in one.mentions:
            document.add_paragraph().add_run(mention).italic = True
        address = document.add_paragraph("\n".join(one.envelope.lines))
        address.paragraph_format.left_indent = ADDRESS_INDENT
        document.add_paragraph(one.day)
        document.add_paragraph().add_run(f"Objet : {one.subject}").bold = True
        for paragraph in one.paragraphs:
            document.add_paragraph(paragraph)
        document.add_paragraph(one.signature)
    return finished(document)


def _filled(text: str, values: dict[str, str]) -> str:
    return FIELD.sub(lambda match: values[match[1]], text)
