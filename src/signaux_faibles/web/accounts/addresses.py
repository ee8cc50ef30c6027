"""The addresses between signing in and the page asked for: ProConnect, the second factor, the purpose."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.accounts.presence import presence
from signaux_faibles.web.accounts.proconnect.views import ask_proconnect, back_from_proconnect
from signaux_faibles.web.accounts.purpose_page import state_purpose
from signaux_faibles.web.accounts.second_factor.views import enrol_second_factor, renew_recovery_codes, second_factor

OF_SESSIONS = [
    path("connexion/proconnect", ask_proconnect, name="proconnect"),
    path("connexion/proconnect/retour", back_from_proconnect, name="proconnect_callback"),
    path("session/second-facteur", second_factor, name="second_factor"),
    path("session/second-facteur/enregistrement", enrol_second_factor, name="enrol_second_factor"),
    path("session/second-facteur/secours", renew_recovery_codes, name="recovery_codes"),
    path("session/presence", presence, name="presence"),
    path("session/objet", state_purpose, name="state_purpose"),
]
