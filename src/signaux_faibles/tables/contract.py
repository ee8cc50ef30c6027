"""The tables that other teams read, with the columns of the chain in service (import-chain §8; docs/contract.md)."""

from __future__ import annotations

from signaux_faibles.tables.debts.cotisation import CLEAN_COTISATION
from signaux_faibles.tables.debts.debit import CLEAN_DEBIT
from signaux_faibles.tables.debts.delai import CLEAN_DELAI
from signaux_faibles.tables.procedures.procol import CLEAN_PROCOL, CLEAN_PROCOL_AT_DATE
from signaux_faibles.tables.register.effectif import CLEAN_EFFECTIF, CLEAN_EFFECTIF_ENT
from signaux_faibles.tables.register.establishments import CLEAN_SIRENE_HISTO
from signaux_faibles.tables.register.register import CLEAN_SIRENE, CLEAN_SIRENE_UL
from signaux_faibles.tables.short_time.ap import CLEAN_AP

CONTRACT = (
    CLEAN_AP,
    CLEAN_COTISATION,
    CLEAN_DEBIT,
    CLEAN_DELAI,
    CLEAN_EFFECTIF,
    CLEAN_EFFECTIF_ENT,
    CLEAN_PROCOL,
    CLEAN_PROCOL_AT_DATE,
    CLEAN_SIRENE,
    CLEAN_SIRENE_UL,
    CLEAN_SIRENE_HISTO,
)
"""With `clean_filter`, computed by the perimeter, what `sf export` copies; only a decision may change them."""
