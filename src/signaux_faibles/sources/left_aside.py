"""Public files that lie beside those of the contracts, and why they are not read (docs/real-files.md).

For an unknown name a report suggests the nearest expected name; for these, it gives the reason and the file to take.
"""

from __future__ import annotations

import re

ACTIONS_MANIFEST = "manifeste_actions.json"
"""What `sf export-actions` writes beside its files: how many rows each holds, their digests, invented or not."""

_WHY = (
    (re.escape(ACTIONS_MANIFEST), "manifeste de sf export-actions, qu'aucune table ne lit."),
    (r"StockEtablissementFerme.*", "établissements fermés seuls. Prenez StockEtablissement_utf8."),
    (r".*StockUniteLegaleHistorique.*", "aucune table ne se sert de l'historique des unités légales."),
    (r".*StockEtablissementLiensSuccession.*", "les successions sont déduites de l'historique des établissements."),
    (r".*StockDoublons.*", "aucune table ne se sert des doublons de SIREN."),
    (r"Geolocalisation.*|.*geolocalisation.*", "coordonnées seules. Prenez StockEtablissement_utf8_geo."),
    (r"(PCL|RCS-A|RCS-B|BILAN|DIVA?)[-_]?(A_|B_|C_)?BX[ABC].*|BODACC.*\.(taz|tar|xml)",
     "XML de la DILA. Prenez l'export JSON de l'API ouverte, annonces-commerciales.json."),
    (r".*\.(taz|tar\.Z)", "archive de la DILA. Prenez l'export JSON de l'API ouverte, annonces-commerciales.json."),
    (r"stock_RNE_(actes|beneficiaires).*", "le contrat du RNE lit les formalités et les comptes annuels."),
    (r".*\.(part|crdownload|tmp)", "téléchargement inachevé. Reprenez-le jusqu'au bout."),
    (r".*\.(xlsx?|ods)", "classeur de tableur, où les identifiants sont des nombres arrondis. Demandez le CSV."),
    (r".*\.(pdf|docx?|html?|png|jpe?g)", "document ou page, et non un fichier de données."),
    (r".*\.parquet\.(gz|zip)", "Parquet, déjà comprimé, dans une archive. Livrez le .parquet seul."),
    (r".*\.(tar|tar\.gz|tgz)", "archive tar. Demandez un .zip ou un .gz."),
    (r".*\.(7z|rar|xz|bz2|Z)", "compression inconnue. Demandez un .zip ou un .gz."),
)  # fmt: skip


def why_left(name: str) -> str | None:
    """Why a file of that name is not read, in French; None for any other name."""
    return next((why for pattern, why in _WHY if re.fullmatch(pattern, name)), None)
