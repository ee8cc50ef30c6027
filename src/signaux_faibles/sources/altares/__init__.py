"""Altares: payment delays between companies (Paydex), until September 2025."""
