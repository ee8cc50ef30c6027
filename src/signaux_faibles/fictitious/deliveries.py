"""What administrations deliver about the employers of a part: tables in CSV, and files in other forms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyarrow as pa

from signaux_faibles.fictitious.files import bank_ratios, insee, layouts, tax_arrears, tax_returns
from signaux_faibles.fictitious.files import contributions as contribution_files
from signaux_faibles.fictitious.files import headcounts as headcount_files
from signaux_faibles.fictitious.files import paydex as paydex_file
from signaux_faibles.fictitious.files import plans as plan_files
from signaux_faibles.fictitious.files import procedures as procedure_file
from signaux_faibles.fictitious.files import short_time as short_time_files
from signaux_faibles.fictitious.files import vat as vat_file
from signaux_faibles.fictitious.files.bodacc.export import BodaccFile
from signaux_faibles.fictitious.files.inpi import detail_bilan as annual_accounts_bulk
from signaux_faibles.fictitious.files.inpi import ratios as annual_accounts_ratios
from signaux_faibles.fictitious.files.inpi.bilans_saisis import TypedFile
from signaux_faibles.fictitious.files.inpi.bilans_saisis_rne import RepliesFile
from signaux_faibles.fictitious.files.inpi.detail_bilan import BulkFile
from signaux_faibles.fictitious.files.inpi.rne import RegisterFile
from signaux_faibles.fictitious.files.inpi.sector_quantiles import SectorFile
from signaux_faibles.fictitious.files.layouts import Layout
from signaux_faibles.fictitious.files.part_file import PartFile
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people import activity_codes


def _always(_batch: Batch) -> bool:
    return True


@dataclass(frozen=True)
class TableDelivery:
    """A file in CSV: its layout, its rows for a part, and the batches that deliver it."""

    layout: Layout
    rows: Callable[[Part, Batch], pa.Table]
    due: Callable[[Batch], bool] = _always


@dataclass(frozen=True)
class FileDelivery:
    """A file in another form: the name of its type, how it is opened in the folder of a batch, when it is due."""

    name: str
    open: Callable[[Path, Batch], PartFile]
    due: Callable[[Batch], bool] = _always


TABLES: tuple[TableDelivery, ...] = (
    TableDelivery(layouts.ESTABLISHMENTS, insee.establishments, activity_codes.not_in_both),
    TableDelivery(layouts.ESTABLISHMENTS_IN_BOTH, insee.establishments, activity_codes.in_both),
    TableDelivery(layouts.LEGAL_UNITS, insee.legal_units, activity_codes.not_in_2025_alone),
    TableDelivery(layouts.LEGAL_UNITS_IN_2025_ALONE, insee.legal_units, activity_codes.in_2025_alone),
    TableDelivery(layouts.HISTORY, insee.history),
    TableDelivery(layouts.HEADCOUNTS_OF_COMPANIES, headcount_files.of_companies),
    TableDelivery(layouts.HEADCOUNTS, headcount_files.of_establishments),
    TableDelivery(layouts.CONTRIBUTIONS, contribution_files.contributions),
    TableDelivery(layouts.DEBTS, contribution_files.debts),
    TableDelivery(layouts.PAYMENT_PLANS, plan_files.payment_plans),
    TableDelivery(layouts.JOINT_PLANS, plan_files.joint_plans),
    TableDelivery(layouts.PROCEDURES, procedure_file.procedures),
    TableDelivery(layouts.DEMANDS, short_time_files.demands),
    TableDelivery(layouts.CONSUMPTIONS, short_time_files.consumptions),
    TableDelivery(layouts.RATIOS, annual_accounts_ratios.published, annual_accounts_ratios.is_new),
    TableDelivery(layouts.OLD_RATIOS, annual_accounts_ratios.published, annual_accounts_ratios.is_old),
    TableDelivery(layouts.TAX_RETURNS, tax_returns.declarations, tax_returns.is_delivered),
    TableDelivery(layouts.ARREARS, tax_arrears.arrears),
    TableDelivery(layouts.VAT, vat_file.declarations),
    TableDelivery(layouts.BANK_RATIOS, bank_ratios.ratios, bank_ratios.is_delivered),
    TableDelivery(layouts.SUPPLIERS, paydex_file.lateness, paydex_file.is_delivered),
)
"""Files in CSV."""

FILES: tuple[FileDelivery, ...] = (
    FileDelivery("bodacc", BodaccFile),
    FileDelivery("inpi", TypedFile),
    FileDelivery("inpi_json", RepliesFile),
    FileDelivery("detail_bilan", BulkFile, annual_accounts_bulk.is_delivered),
    FileDelivery("ratios_inpi_bce_sectors", SectorFile),
    FileDelivery("rne", RegisterFile),
)
"""Files in other forms."""
