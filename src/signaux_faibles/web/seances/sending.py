"""The link of a séance, sent to its members: a mail without the name of a company, a debt or a decision."""

from __future__ import annotations

from django.core.mail import EmailMessage, get_connection
from django.urls import reverse

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.rights.seances import SeanceAct
from signaux_faibles.web.seances.models import Seance, Sending
from signaux_faibles.web.seances.reading import must
from signaux_faibles.wording.french import day_label

SUBJECT = "Signaux Faibles : séance du CODEFI"


class NoRecipient(Exception):
    """The séance has no member whose account is open."""


def send_link(actor: Actor, seance: Seance, address: str, sender: str) -> Sending:
    """Send the link to each member whose account is open, and note it.

    Args:
        address: of the application, as `https://signaux-faibles.example`.

    Raises:
        SeanceRefused, NoRecipient: nothing is sent.
        OSError: the mail server refused or did not answer; some mails may have left.
    """
    must(seance, actor, SeanceAct.SEND)
    members = Account.objects.filter(seances__seance=seance, is_active=True).order_by("pk")
    if not members:
        raise NoRecipient
    with get_connection() as connection:
        for member in members:
            text = mail_text(seance, member, actor.account, address)
            EmailMessage(SUBJECT, text, sender, [member.email], connection=connection).send()
    sending = Sending(seance=seance, author=actor.account, recipients=len(members))
    sending.save()
    return sending


def mail_text(seance: Seance, member: Account, author: Account, address: str) -> str:
    """What a member receives: when and where to read; what is read there depends on their rights of that day."""
    return "\n".join(
        [
            f"Bonjour {member.name},",
            "",
            f"Séance du CODEFI {seance.departement} du {day_label(seance.on)} : l’ordre du jour et le relevé de "
            "décisions se lisent ici, après connexion :",
            "",
            f"{address}{reverse('seance', args=[seance.pk])}",
            "",
            author.signature,
        ]
    )
