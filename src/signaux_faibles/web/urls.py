"""The addresses of the application."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.accounts.views import sign_in, sign_out
from signaux_faibles.web.consultation.views import company, home, search
from signaux_faibles.web.lists.views import alert_list, latest_list

handler500 = "signaux_faibles.web.errors.server_error"
urlpatterns = [
    path("", home, name="home"),
    path("connexion", sign_in, name="sign_in"),
    path("deconnexion", sign_out, name="sign_out"),
    path("recherche", search, name="search"),
    path("listes", latest_list, name="latest_list"),
    path("listes/<int:number>", alert_list, name="alert_list"),
    path("entreprises/<str:siren>", company, name="company"),
]
