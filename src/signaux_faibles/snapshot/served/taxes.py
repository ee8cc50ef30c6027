"""VAT and tax arrears of a company, under fiscal secrecy, as pages show them (open-data §2.1, §2.3)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from signaux_faibles.snapshot.company_rows.subject import CompanySubject
from signaux_faibles.snapshot.served.place import recent_months, within
from signaux_faibles.snapshot.shelf import Snapshot

_ARREARS = """
CREATE TABLE tax_arrear AS
SELECT siren, nature_impot, date_situation, montant_restant, montant_en_sursis, plus_ancienne_exigibilite
FROM read_parquet($tables || 'tax_arrears.parquet') WHERE est_derniere AND montant_restant > 0
ORDER BY siren, nature_impot
"""
_TURNOVER = f"""
CREATE TABLE declared_turnover AS
SELECT siren, periode, sum(chiffre_affaires) AS turnover, max(mois_declares) AS months
FROM read_parquet($tables || 'vat_by_month.parquet')
WHERE est_derniere AND chiffre_affaires IS NOT NULL AND {recent_months("vat_by_month")}
GROUP BY siren, periode ORDER BY siren, periode
"""
SERVED = (_ARREARS, _TURNOVER)
ARREARS = CompanySubject(
    "tax_arrears",
    "tax_arrear",
    ("nature_impot", "date_situation", "montant_restant", "montant_en_sursis", "plus_ancienne_exigibilite"),
    order="montant_restant DESC, nature_impot",
    mentions="tax_arrear",
)
TURNOVER = CompanySubject("turnover", "declared_turnover", ("periode", "turnover"))


@dataclass(frozen=True)
class TaxArrear:
    """What is still due of a tax on the last day delivered, in euros; `suspended` is the part in sursis."""

    tax: str
    on: date
    left: Decimal
    suspended: Decimal | None
    since: date | None


def tax_arrears_of(snapshot: Snapshot, siren: str) -> list[TaxArrear]:
    """The taxes that are still due, the largest first."""
    return [TaxArrear(*row) for row in snapshot.rows_of(ARREARS, siren)]


def declared_turnover_of(snapshot: Snapshot, siren: str, start: date, end: date) -> dict[date, Decimal]:
    """The turnover declared for VAT by month; a year declared at once gives each month its twelfth."""
    return dict(within(snapshot.rows_of(TURNOVER, siren), start, end))
