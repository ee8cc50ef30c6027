"""The mail that does not wait for the morning: a colleague cites an agent or counts on them, a director answers.

It holds counts like the digest, names nothing, and is sent once. Whatever stays unread is counted again by the digest
of the morning, which also counts everything else.
"""

from __future__ import annotations

from collections import Counter
from datetime import date

from django.db.models import Max

from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.circulation.digest import Mail, Post, unwanted_by, who_gets_mail
from signaux_faibles.web.circulation.kinds import NewsKind
from signaux_faibles.web.circulation.models import Digest, NoticeMark, UrgentMail
from signaux_faibles.web.circulation.news import news_of
from signaux_faibles.web.circulation.notices import answers_to_letters

AT_ONCE = Post("Signaux Faibles : une personne attend votre réponse", UrgentMail, "urgent_at")
URGENT = (NewsKind.ADDED, NewsKind.MENTIONS, NewsKind.ANSWERS)
"""What concerns an agent personally, and what a director answered; everything else waits for the morning."""


def urgent_mails(today: date, address: str) -> list[Mail]:
    """The urgent mails to send now: for each open account, what is urgent and in no mail yet."""
    return [mail for account in who_gets_mail() if (mail := urgent_mail_of(account, today, address))]


def urgent_mail_of(account: Account, today: date, address: str) -> Mail | None:
    """The urgent mail of an account; None if nothing that it wants is waiting."""
    unwanted = unwanted_by(account)
    kinds = [kind for kind in URGENT if kind.name not in unwanted]
    actor, last = Actor(account, account.agent(), today), _counted(account)
    news = [one for one in news_of(actor, after=last) if one.kind in kinds]
    noted = set(NoticeMark.objects.filter(account=account).values_list("key", flat=True))
    answers = answers_to_letters(actor) if NewsKind.ANSWERS in kinds else ()
    notices = [one for one in answers if one.key not in noted]
    if not news and not notices:
        return None
    counts = Counter([*(one.kind for one in news), *(one.kind for one in notices)])
    lines = [f"- {kind.value} : {counts[kind]}" for kind in kinds if counts[kind]]
    text = "\n".join([f"Bonjour {account.name},", "", "Des nouvelles :", *lines, "", f"{address}/notifications"])
    until = max((last, *(one.event for one in news)))
    return Mail(account, text, until, len(news) + len(notices), tuple(one.key for one in notices))


def _counted(account: Account) -> int:
    """The last event that a mail to an account has counted."""
    last = [
        model.objects.filter(account=account).aggregate(last=Max("event"))["last"] for model in (Digest, UrgentMail)
    ]
    return max((one for one in last if one), default=0)
