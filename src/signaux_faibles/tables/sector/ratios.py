"""The ratios that place a company in its sector, in which direction each is read, and why (open-data §2.7).

They are the ratios of the published quantiles, and two more comparable ones of `ratios_inpi_bce`. A ratio that equals
another one times a constant gives the same place and is left out: working capital in per cent is its days / 3.6, and
`part_ca_ebe` is `marge_ebe`.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

import pyarrow as pa

from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.tables.accounts.ratios import PERCENT, RATIOS, Ratio


class Sense(Enum):
    """The direction in which a ratio is read; the number times a gap to the median is positive when the gap is good."""

    HIGHER = ("plus haut est meilleur", 1)
    LOWER = ("plus bas est meilleur", -1)
    NEITHER = ("ni haut ni bas n'est meilleur", 0)


@dataclass(frozen=True)
class SectorRatio:
    """A ratio and how it is read within a sector.

    Attributes:
        negative_comparable: whether a negative value is on the same scale as the others; if not, it has no place.
    """

    ratio: Ratio
    label: str
    sense: Sense
    reason: str
    negative_comparable: bool = True


_OF_FILE = {ratio.name: ratio for ratio in RATIOS}

_MARGE = Ratio("part_ca_marge_brute", "marge_brute", "chiffre_affaires", PERCENT, "%")
_EBIT = Ratio("part_ca_ebit", "resultat_exploitation", "chiffre_affaires", PERCENT, "%")
_NET = Ratio("part_ca_resultat_net", "resultat_net", "chiffre_affaires", PERCENT, "%")

SECTOR_RATIOS: tuple[SectorRatio, ...] = (
    SectorRatio(
        _MARGE,
        "Marge brute / chiffre d'affaires",
        Sense.HIGHER,
        "dans un même métier, ce qui reste des ventes après les achats consommés paie tout le reste",
    ),
    SectorRatio(
        _OF_FILE["marge_ebe"],
        "Excédent brut d'exploitation / chiffre d'affaires",
        Sense.HIGHER,
        "l'exploitation dégage la trésorerie qui paie les dettes et l'investissement",
    ),
    SectorRatio(
        _EBIT, "Résultat d'exploitation / chiffre d'affaires", Sense.HIGHER, "l'activité courante couvre ses charges"
    ),
    SectorRatio(
        _OF_FILE["resultat_courant_avant_impots_sur_ca"],
        "Résultat courant avant impôts / chiffre d'affaires",
        Sense.HIGHER,
        "l'activité couvre aussi le coût de la dette",
    ),
    SectorRatio(_NET, "Résultat net / chiffre d'affaires", Sense.HIGHER, "le résultat s'ajoute aux fonds propres"),
    SectorRatio(
        _OF_FILE["caf_sur_ca"],
        "Capacité d'autofinancement / chiffre d'affaires",
        Sense.HIGHER,
        "elle permet d'investir et de rembourser sans emprunter",
    ),
    SectorRatio(
        _OF_FILE["taux_d_endettement"],
        "Taux d'endettement",
        Sense.LOWER,
        "moins de dettes pour autant de fonds propres ; négatif, ce sont les fonds propres qui le sont",
        negative_comparable=False,
    ),
    SectorRatio(
        _OF_FILE["autonomie_financiere"],
        "Autonomie financière",
        Sense.HIGHER,
        "la part du bilan que les associés ont financée absorbe les pertes",
    ),
    SectorRatio(
        _OF_FILE["capacite_de_remboursement"],
        "Capacité de remboursement",
        Sense.LOWER,
        "moins d'années d'autofinancement remboursent la dette ; négatif, il n'y a pas d'autofinancement",
        negative_comparable=False,
    ),
    SectorRatio(
        _OF_FILE["couverture_des_interets"],
        "Poids des intérêts dans l'excédent brut d'exploitation",
        Sense.LOWER,
        "les intérêts laissent plus d'excédent ; négatif, il n'y a pas d'excédent",
        negative_comparable=False,
    ),
    SectorRatio(
        _OF_FILE["ratio_de_liquidite"],
        "Ratio de liquidité",
        Sense.HIGHER,
        "l'actif à moins d'un an couvre les dettes à moins d'un an",
    ),
    SectorRatio(
        _OF_FILE["ratio_de_vetuste"],
        "Ratio de vétusté",
        Sense.LOWER,
        "un outil très amorti annonce un investissement à financer",
    ),
    SectorRatio(
        _OF_FILE["poids_bfr_exploitation_sur_ca_jours"],
        "Besoin en fonds de roulement d'exploitation",
        Sense.NEITHER,
        "haut, il immobilise la trésorerie ; très bas, il peut venir de fournisseurs ou de dettes sociales impayés",
    ),
    SectorRatio(
        _OF_FILE["rotation_des_stocks_jours"],
        "Rotation des stocks",
        Sense.LOWER,
        "des stocks qui durent immobilisent la trésorerie et se déprécient",
    ),
    SectorRatio(
        _OF_FILE["credit_clients_jours"],
        "Crédit clients",
        Sense.LOWER,
        "des clients qui paient tard immobilisent la trésorerie",
    ),
    SectorRatio(
        _OF_FILE["credit_fournisseurs_jours"],
        "Crédit fournisseurs",
        Sense.NEITHER,
        "long, c'est un crédit obtenu ou des impayés ; court, c'est de l'aisance ou une exigence des vendeurs",
    ),
)
"""In the order in which they are shown: performance, solvency, management."""


SECTOR_RATIOS_TABLE = Schema(
    "sector_ratios",
    (
        Field("ratio", Kind.TEXT),
        Field("rang", Kind.INTEGER, "order in which they are shown, from 0"),
        Field("libelle", Kind.TEXT),
        Field("unite", Kind.TEXT),
        Field("definition", Kind.TEXT, "in names of `accounts`"),
        Field("sens", Kind.TEXT, "the direction in which it is read, in French"),
        Field("signe", Kind.INTEGER, "1 higher is better, -1 lower is better, 0 neither"),
        Field("raison", Kind.TEXT, "why it is read so, in French"),
        Field("negatif_comparable", Kind.BOOLEAN, "a negative value is on the same scale"),
    ),
    ("ratio",),
    "the ratios that place a company in its sector, in which direction each is read, and why",
)


def sector_ratios() -> pa.Table:
    """The ratios as a table, in the columns of `SECTOR_RATIOS_TABLE`; `rang` numbers them from 0."""
    rows = [
        {
            "ratio": read.ratio.name,
            "rang": rank,
            "libelle": read.label,
            "unite": read.ratio.unit,
            "definition": read.ratio.doc,
            "sens": read.sense.value[0],
            "signe": read.sense.value[1],
            "raison": read.reason,
            "negatif_comparable": read.negative_comparable,
        }
        for rank, read in enumerate(SECTOR_RATIOS)
    ]
    return pa.Table.from_pylist(rows)
