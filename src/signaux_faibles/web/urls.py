"""The addresses of the application."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.accompagnements.pages.addresses import OF_FOLLOW_UPS
from signaux_faibles.web.account_review.addresses import OF_ACCOUNT_REVIEW
from signaux_faibles.web.accounts.addresses import OF_SESSIONS
from signaux_faibles.web.accounts.views import sign_in, sign_out
from signaux_faibles.web.alert_work.views import forget_filter, keep_filter, undo_on_list, work_on_list
from signaux_faibles.web.campagnes.addresses import OF_CAMPAGNES
from signaux_faibles.web.circulation.addresses import OF_CIRCULATION
from signaux_faibles.web.consultation.acts import (
    dispute_company,
    dispute_establishment,
    unlock_company,
    vote_on_detection,
)
from signaux_faibles.web.consultation.views import company, company_sheet_pdf, comparables, establishment, home
from signaux_faibles.web.courriers.addresses import OF_LETTERS
from signaux_faibles.web.information.addresses import OF_INFORMATION
from signaux_faibles.web.kanban.addresses import OF_KANBAN
from signaux_faibles.web.lists.about import all_lists, list_card, list_changes
from signaux_faibles.web.lists.export import list_workbook
from signaux_faibles.web.lists.views import alert_list, latest_list
from signaux_faibles.web.seances.addresses import OF_SEANCES
from signaux_faibles.web.search.views import search, search_identifiers, search_places, search_suggestions
from signaux_faibles.web.selections.addresses import OF_SELECTIONS

handler400 = "signaux_faibles.web.errors.bad_request"
handler500 = "signaux_faibles.web.errors.server_error"
urlpatterns = [
    path("", home, name="home"),
    path("connexion", sign_in, name="sign_in"),
    path("deconnexion", sign_out, name="sign_out"),
    path("recherche", search, name="search"),
    path("recherche/suggestions", search_suggestions, name="search_suggestions"),
    path("recherche/lieux", search_places, name="search_places"),
    path("recherche/identifiants", search_identifiers, name="search_identifiers"),
    path("listes", latest_list, name="latest_list"),
    path("listes/toutes", all_lists, name="all_lists"),
    path("listes/<int:number>", alert_list, name="alert_list"),
    path("listes/<int:number>/changements", list_changes, name="list_changes"),
    path("listes/<int:number>/fiche", list_card, name="list_card"),
    path("listes/<int:number>/export.xlsx", list_workbook, name="list_workbook"),
    path("listes/<int:number>/travail", work_on_list, name="work_on_list"),
    path("listes/<int:number>/annulation", undo_on_list, name="undo_on_list"),
    path("listes/<int:number>/filtres", keep_filter, name="keep_filter"),
    path("listes/<int:number>/filtres/suppression", forget_filter, name="forget_filter"),
    path("entreprises/<str:siren>", company, name="company"),
    path("entreprises/<str:siren>/fiche.pdf", company_sheet_pdf, name="company_pdf"),
    path("entreprises/<str:siren>/comparables", comparables, name="comparables"),
    path("entreprises/<str:siren>/deverrouillage", unlock_company, name="unlock_company"),
    path("entreprises/<str:siren>/avis", vote_on_detection, name="vote_on_detection"),
    path("entreprises/<str:siren>/signalements/<str:section>", dispute_company, name="dispute_company"),
    path("etablissements/<str:siret>", establishment, name="establishment"),
    path("etablissements/<str:siret>/signalements/<str:section>", dispute_establishment, name="dispute_establishment"),
    *OF_SESSIONS,
    *OF_ACCOUNT_REVIEW,
    *OF_FOLLOW_UPS,
    *OF_KANBAN,
    *OF_CIRCULATION,
    *OF_SEANCES,
    *OF_CAMPAGNES,
    *OF_SELECTIONS,
    *OF_LETTERS,
    *OF_INFORMATION,
]
