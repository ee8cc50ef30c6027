"""The addresses of the pages about the application."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.information import pages

OF_INFORMATION = [
    path("aide", pages.help_page, name="help"),
    path("accessibilite", pages.accessibility, name="accessibility"),
    path("mentions-legales", pages.legal_notice, name="legal_notice"),
    path("donnees-personnelles", pages.personal_data, name="personal_data"),
]
