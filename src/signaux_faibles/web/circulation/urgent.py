"""The mail that does not wait for the morning: a colleague cites an agent, or puts a follow-up in their hands.

It counts as the digest does, names nothing, and is sent once. What it counts and stays unread is counted again by the
digest of the morning, which alone says the rest.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Max

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.circulation.digest import Mail, posted, unwanted_by, who_gets_mail
from signaux_faibles.web.circulation.kinds import NewsKind
from signaux_faibles.web.circulation.models import Digest, UrgentMail
from signaux_faibles.web.circulation.news import news_of

SUBJECT = "Signaux Faibles : un collègue vous attend"
URGENT = (NewsKind.ADDED, NewsKind.MENTIONS)
"""What concerns an agent by name; everything else waits for the morning."""


def urgent_mails(today: date, address: str) -> list[Mail]:
    """The urgent mails of now: for each open account, what concerns it by name and no mail has counted."""
    return [mail for account in who_gets_mail() if (mail := urgent_mail_of(account, today, address))]


def urgent_mail_of(account: Account, today: date, address: str) -> Mail | None:
    """The urgent mail of an account; None where nothing that it wants waits."""
    unwanted = unwanted_by(account)
    wanted = [kind for kind in URGENT if kind.name not in unwanted]
    news = [one for one in news_of(Actor(account, account.agent(), today), after=_counted(account))
            if one.kind in wanted]  # fmt: skip
    if not news:
        return None
    counts = Counter(one.kind for one in news)
    lines = [f"- {kind.value} : {counts[kind]}" for kind in wanted if counts[kind]]
    text = "\n".join([f"Bonjour {account.name},", "", "Des nouvelles :", *lines, "", f"{address}/notifications"])
    return Mail(account, text, max(one.event for one in news), len(news))


def send_urgent(mails: list[Mail], sender: str) -> int:
    """Send the mails, each noted as soon as it has left, so that a failure sends none twice; how many left."""
    for mail in posted(mails, SUBJECT, sender):
        UrgentMail(account=mail.account, event=mail.event, news=mail.news).save()
    return len(mails)


def _counted(account: Account) -> int:
    """The last event that a mail to an account has counted."""
    last = [
        model.objects.filter(account=account).aggregate(last=Max("event"))["last"] for model in (Digest, UrgentMail)
    ]
    return max((one for one in last if one), default=0)
