"""The digest: one mail per agent, with counts and a link; no name of a company, a debt or a procedure."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db.models import Max, QuerySet
from django.utils import timezone

from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.accompagnements.acts import Actor
from signaux_faibles.web.accompagnements.models import FollowUp
from signaux_faibles.web.accompagnements.states import OPEN_STATUTS
from signaux_faibles.web.accompagnements.tasks import TasksOfAccount, tasks_of_account
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.circulation.kinds import NewsKind
from signaux_faibles.web.circulation.models import Digest, NoticeMark, SentMail, Unwanted
from signaux_faibles.web.circulation.news import Piece, news_of
from signaux_faibles.web.circulation.notices import Notice, notices_of
from signaux_faibles.web.circulation.watching import watch
from signaux_faibles.wording.french import counted


@dataclass(frozen=True)
class Mail:
    """A mail to send: its recipient, its text, the last event that it counts, how many it counts, its notices."""

    account: Account
    text: str
    event: int
    news: int
    notices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Post:
    """A kind of mail of counts: its subject, the table of those sent, the field that marks the notices counted."""

    subject: str
    sent: type[SentMail]
    mark: str


MORNING = Post("Signaux Faibles : ce qui vous attend", Digest, "sent_at")


def digests(today: date, address: str, snapshot: Snapshot) -> list[Mail]:
    """Today's mails: for each open account, what it has neither read nor been sent; no mail if there is nothing.

    Args:
        address: of the application, as `https://signaux-faibles.example`.
        snapshot: the published one, with which followed companies are compared first.
    """
    followed = set(FollowUp.objects.filter(statut__in=OPEN_STATUTS).values_list("siren", flat=True))
    watch(followed, snapshot, published_lists(settings.SF_HOME))
    return [mail for account in who_gets_mail() if (mail := digest_of(account, today, address, snapshot))]


def who_gets_mail() -> QuerySet[Account]:
    """The accounts that a mail may be sent to."""
    return Account.objects.filter(is_active=True, product_administrator=False).order_by("pk")


def unwanted_by(account: Account) -> set[str]:
    """The names of the kinds of news that an account wants no mail about."""
    return set(Unwanted.objects.filter(account=account).values_list("kind", flat=True))


def digest_of(account: Account, today: date, address: str, snapshot: Snapshot) -> Mail | None:
    """The mail of an account; None where there is nothing new that it wants."""
    sent = Digest.objects.filter(account=account).aggregate(last=Max("event"))["last"] or 0
    unwanted = unwanted_by(account)
    actor = Actor(account, account.agent(), today)
    news = [one for one in news_of(actor, after=sent) if one.kind.name not in unwanted]
    marks = NoticeMark.objects.filter(account=account).exclude(read_at=None, sent_at=None)
    counted_before = set(marks.values_list("key", flat=True))
    notices = [
        one for one in notices_of(actor, snapshot) if one.kind.name not in unwanted and one.key not in counted_before
    ]
    if not news and not notices:  # tasks alone send no mail: the first page shows them, and every mail would count them
        return None
    text = _text(account, news, notices, tasks_of_account(account, today), address)
    last = max((one.event for one in news), default=sent)
    return Mail(account, text, last, len(news) + len(notices), tuple(one.key for one in notices))


def _text(account: Account, news: list[Piece], notices: list[Notice], tasks: TasksOfAccount, address: str) -> str:
    """The mail in counts, without a name."""
    counts = Counter([*(one.kind for one in news), *(one.kind for one in notices)])
    follow_ups = len({one.follow_up.pk for one in news})
    about = f" sur {counted(follow_ups, 'accompagnement', 'accompagnements')}" if follow_ups else ""
    return "\n".join(
        [
            f"Bonjour {account.name},",
            "",
            f"Du nouveau pour vous{about} :",
            *(f"- {kind.value} : {counts[kind]}" for kind in NewsKind if counts[kind]),
            *([f"Tâches à faire : {tasks.to_do}, dont {tasks.late} en retard."] if tasks.to_do else []),
            "",
            f"{address}/notifications",
            "",
            "Vous choisissez sur cette page ce que ce résumé compte.",
        ]
    )


def send(mails: list[Mail], sender: str, post: Post = MORNING) -> int:
    """Send the mails and return how many left; each is noted once it has left, so that a failure sends none twice."""
    with get_connection() as connection:
        for mail in mails:
            EmailMessage(post.subject, mail.text, sender, [mail.account.email], connection=connection).send()
            post.sent(account=mail.account, event=mail.event, news=mail.news).save()
            now = {post.mark: timezone.now()}
            NoticeMark.objects.bulk_create(
                [NoticeMark(account=mail.account, key=key, **now) for key in mail.notices],
                update_conflicts=True,
                unique_fields=["account", "key"],
                update_fields=[post.mark],
            )
    return len(mails)
