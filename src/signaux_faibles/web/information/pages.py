"""Help, accessibility, legal notice, personal data (application §5.11): what the administration sets, else what to ask.

Terms are those that the product applies, so that these pages say nothing else.
"""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from signaux_faibles.web.accompagnements.purge import KEPT_YEARS
from signaux_faibles.web.accounts.session_terms import IDLE, LONGEST
from signaux_faibles.web.journal.purging import KEPT_MONTHS
from signaux_faibles.web.rights.follow_ups import COURTESY, SILENCE
from signaux_faibles.web.rights.unlocks import VALIDITY

DECLARED = date(2026, 11, 30)
"""The day on which the declaration of accessibility was written; whoever changes what it says changes the day."""
_HOUR = 3_600


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What each page is for, and whom to ask what."""
    terms = {"unlock_days": VALIDITY.days, "silence_days": SILENCE.days, "courtesy_days": COURTESY.days}
    return render(request, "information/help.html", {"contact": settings.SF_CONTACT, **terms})


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The declaration of accessibility: what was tested, what is known not to conform, how to complain."""
    content = {"contact": settings.SF_CONTACT, "publisher": settings.SF_PUBLISHER, "declared": DECLARED}
    return render(request, "information/accessibility.html", content | _session())


@login_not_required
@require_safe
def legal_notice(request: HttpRequest) -> HttpResponse:
    """Who publishes and hosts the application, and what its readers are bound to."""
    content = {
        "publisher": settings.SF_PUBLISHER,
        "director": settings.SF_PUBLICATION_DIRECTOR,
        "hosting": settings.SF_HOSTING,
        "contact": settings.SF_CONTACT,
    }
    return render(request, "information/legal_notice.html", content)


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    """What is kept of agents and of directors, how long, and whom to ask about it."""
    content = {
        "publisher": settings.SF_PUBLISHER,
        "officer": settings.SF_DATA_PROTECTION,
        "journal_months": KEPT_MONTHS,
        "contact_years": KEPT_YEARS,
    }
    return render(request, "information/personal_data.html", content | _session())


def _session() -> dict[str, int]:
    """When a session ends."""
    return {"idle_minutes": round(IDLE.total_seconds() / 60), "longest_hours": round(LONGEST.total_seconds() / _HOUR)}
