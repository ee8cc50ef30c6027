"""The addresses of notifications."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.circulation import views

OF_CIRCULATION = [
    path("notifications", views.notifications, name="notifications"),
    path("notifications/lecture", views.mark_notifications_read, name="mark_notifications_read"),
    path("notifications/avis/<str:key>", views.open_notice, name="open_notice"),
    path("accompagnements/<int:number>/nouvelles", views.choose_subscription, name="choose_subscription"),
    path("notifications/courriel", views.choose_digest, name="choose_digest"),
]
