"""The addresses of the review of accounts."""

from __future__ import annotations

from django.urls import path

from signaux_faibles.web.account_review.pages import (
    account_sheet,
    accounts_to_review,
    close_account,
    confirm_account,
    stop_watching,
    watch_account,
)

OF_ACCOUNT_REVIEW = [
    path("comptes", accounts_to_review, name="accounts_to_review"),
    path("comptes/<int:number>", account_sheet, name="account_sheet"),
    path("comptes/<int:number>/confirmation", confirm_account, name="confirm_account"),
    path("comptes/<int:number>/fermeture", close_account, name="close_account"),
    path("comptes/<int:number>/regard", watch_account, name="watch_account"),
    path("session/regard/fin", stop_watching, name="stop_watching"),
]
