"""The addresses of notifications."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.circulation import views

OF_CIRCULATION = [
    path("notifications", views.notifications, name="notifications"),
    path("notifications/lecture", views.mark_notifications_read, name="mark_notifications_read"),
    path("notifications/courriel", views.choose_digest, name="choose_digest"),
]
