"""A campagne as a workbook: each company, where it stands, who took it; nothing of any list."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from typing import IO

from django.http import FileResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from signaux_faibles.web.access import open_to_codefi
from signaux_faibles.web.campagnes.reading import CampagneRow, CampagneSheet
from signaux_faibles.web.campagnes.standing import ContactAct
from signaux_faibles.web.campagnes.views import sheet_of
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.journal import kinds
from signaux_faibles.web.journal.writing import record
from signaux_faibles.web.request import AgentRequest
from signaux_faibles.web.workbook import (
    DAY,
    IN_MEMORY,
    MEDIA_TYPE,
    OpenColumn,
    Parameters,
    Titles,
    Value,
    read_by,
    write_workbook,
)
from signaux_faibles.wording.french import counted, day_label

TITLES = Titles("Campagne de contact", "Campagne", 2)
CONFIDENTIALITY = "Document confidentiel, réservé à la personne nommée ci-dessus."
CampagneColumn = OpenColumn[CampagneRow]


def _of_act(value: Callable[[ContactAct], Value]) -> Callable[[CampagneRow], Value]:
    """What the act says that put a company where it stands; nothing for one that is to be called."""
    return lambda one: value(one.standing.act) if one.standing.act else None


COLUMNS = (
    CampagneColumn("Raison sociale", lambda one: one.name, width=34),
    CampagneColumn("Siret", lambda one: one.company.siret, width=16),
    CampagneColumn("Commune", lambda one: one.site.town if one.site else None),
    CampagneColumn("État", lambda one: one.standing.status.value, width=14),
    CampagneColumn("Résultat", _of_act(lambda act: act.outcome.value if act.outcome else None), width=34),
    CampagneColumn("Agent", _of_act(lambda act: act.who), width=26),
    CampagneColumn("Noté le", _of_act(lambda act: timezone.localdate(act.at)), DAY, 12),
    CampagneColumn("Reportée jusqu’au", _of_act(lambda act: act.until), DAY, 18),
    CampagneColumn("Note", _of_act(lambda act: act.note or None), width=60),
)


@require_safe
@open_to_codefi
def campagne_workbook(request: AgentRequest, number: int) -> FileResponse:
    """The workbook of a campagne; its export is written in the journal."""
    sheet, reader = sheet_of(request, number), Reader.of(request)
    detail = {"snapshot": request.snapshot.manifest.id, "companies": [one.company.siret for one in sheet.rows]}
    record(kinds.EntryKind.EXPORT, f"campagne {number}", by=reader.author, detail=detail)
    lines = [*_said(sheet), *read_by(reader, request.snapshot), ("Confidentialité", CONFIDENTIALITY)]
    file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (closed with the answer)
    parameters = Parameters(lines, request.snapshot.manifest.fictitious, reader.today)
    write_workbook(file, TITLES, COLUMNS, sheet.rows, parameters)
    file.seek(0)
    return FileResponse(file, as_attachment=True, filename=f"campagne-{number}.xlsx", content_type=MEDIA_TYPE)


def _said(sheet: CampagneSheet) -> list[tuple[str, str]]:
    campagne = sheet.campagne
    return [
        ("Campagne", campagne.title),
        ("Département", f"{campagne.departement} – {sheet.departement}"),
        ("Ouverte le", day_label(campagne.opened_on)),
        ("Entreprises", counted(len(sheet.rows), "entreprise", "entreprises")),
    ]
