"""The pages that open to whoever asks, signed in or not: none shows anything of a company."""

from __future__ import annotations

PUBLIC = ("help", "accessibility", "legal_notice", "personal_data")
