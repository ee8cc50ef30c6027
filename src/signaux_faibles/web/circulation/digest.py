"""The digest: one mail per agent, with counts and a link; no name of a company, a debt or a procedure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.core.mail import EmailMessage, get_connection
from django.db.models import Max

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.tasks import tasks_of_account
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.circulation.models import Digest, Unwanted
from signaux_faibles.web.circulation.news import NewsKind, news_of
from signaux_faibles.wording.french import counted

SUBJECT = "Signaux Faibles : ce qui vous attend"


@dataclass(frozen=True)
class Mail:
    """A digest to send: to whom, the text, the last event that it counts and how many it counts."""

    account: Account
    text: str
    event: int
    news: int


def digests(today: date, address: str) -> list[Mail]:
    """The mails of today: for each open account, what it has neither read nor been sent; none where there is nothing.

    Args:
        address: of the application, as `https://signaux-faibles.example`.
    """
    accounts = Account.objects.filter(is_active=True, product_administrator=False).order_by("pk")
    return [mail for account in accounts if (mail := digest_of(account, today, address)) is not None]


def digest_of(account: Account, today: date, address: str) -> Mail | None:
    """The mail of an account; None where there is nothing new that it wants."""
    sent = Digest.objects.filter(account=account).aggregate(last=Max("event"))["last"] or 0
    unwanted = set(Unwanted.objects.filter(account=account).values_list("kind", flat=True))
    news = [one for one in news_of(Actor(account, account.agent(), today), after=sent) if one.kind.name not in unwanted]
    tasks = tasks_of_account(account, today)
    if not news:  # tasks alone send no mail: they are on the first page, and would be counted again each morning
        return None
    counts = Counter(one.kind for one in news)
    follow_ups = len({one.follow_up.pk for one in news})
    lines = [f"- {kind.value} : {counts[kind]}" for kind in NewsKind if counts[kind]]
    text = "\n".join(
        [
            f"Bonjour {account.name},",
            "",
            f"Du nouveau sur {counted(follow_ups, 'accompagnement', 'accompagnements')} que vous portez :",
            *lines,
            *([f"Tâches à faire : {tasks.to_do}, dont {tasks.late} en retard."] if tasks.to_do else []),
            "",
            f"{address}/notifications",
            "",
            "Vous choisissez sur cette page ce que ce résumé compte.",
        ]
    )
    return Mail(account, text, max(one.event for one in news), len(news))


def send(mails: list[Mail], sender: str) -> int:
    """Send the mails, each noted as soon as it has left, so that a failure sends none twice; how many left."""
    with get_connection() as connection:
        for mail in mails:
            EmailMessage(SUBJECT, mail.text, sender, [mail.account.email], connection=connection).send()
            Digest(account=mail.account, event=mail.event, news=mail.news).save()
    return len(mails)
