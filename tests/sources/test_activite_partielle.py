"""Demands and consumptions of activité partielle, field by field (import-chain §5.1, §5.2, §13.1)."""

from datetime import date
from decimal import Decimal

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from sources.delivered import VALID, delivery, read

KEPT = [
    ("apconso", {}, {"heures": Decimal("311.54"), "montant": Decimal(214), "effectif": 2}),
    ("apconso", {"MONTANTS": "", "EFFECTIFS": "2.9"}, {"montant": None, "effectif": 2}),
    ("apconso", {"MOIS": "2020-12-30"}, {"periode": date(2020, 12, 30)}),
    ("apdemande", {"MTA": '"1000,50"'}, {"montant": Decimal("1000.5")}),
    (
        "apdemande",
        dict.fromkeys(
            ("EFF_ENT", "EFF_ETAB", "HTA", "MTA", "EFF_AUTO", "MOTIF_RECOURS_SE", "PERIMETRE_AP", "S_HEURE_CONSOM_TOT",
             "S_EFF_CONSOM_TOT", "S_MONTANT_CONSOM_TOT"), ""
        ),
        dict.fromkeys(("heures", "montant", "effectif", "motif_recours", "heures_consommees", "perimetre")),
    ),
    ("apdemande", {"MOTIF_RECOURS_SE": "7"}, {"motif_recours": 7}),
    ("apdemande", {"RECOURS_ANTERIEUR": "3"}, {"recours_anterieur": 3}),
    ("apdemande", {"ID_DA": 'f2"8626887'}, {"id_demande": 'f2"8626887'}),
    ("apdemande", {"DATE_FIN": "2019-01-01"}, {"periode_fin": date(2019, 1, 1)}),
]  # fmt: skip

REFUSED = [
    ("apconso", {"HEURES": '"10,5"'}, "HEURES « 10,5 » n'est pas un nombre à point décimal"),
    ("apconso", {"HEURES": "NaN"}, "HEURES « NaN » n'est pas un nombre à point décimal"),
    ("apconso", {"EFFECTIFS": "nan"}, "EFFECTIFS « nan » n'est pas un nombre"),
    ("apconso", {"MOIS": "01/2020"}, "MOIS « 01/2020 » n'est pas une date AAAA-MM-JJ"),
    ("apconso", {"ETAB_SIRET": ""}, "ETAB_SIRET est vide"),
    ("apdemande", {"DATE_FIN": "2031-03-01"}, "DATE_FIN est à plus de dix ans de DATE_DEB"),
    ("apconso", {"ID_DA": "x" * 31}, "ID_DA : texte de plus de 30 caractères"),
    ("apdemande", {"MOTIF_RECOURS_SE": "8"}, "MOTIF_RECOURS_SE n'est pas un motif connu (1 à 7)"),
    ("apdemande", {"MOTIF_RECOURS_SE": "0"}, "MOTIF_RECOURS_SE n'est pas un motif connu (1 à 7)"),
    ("apdemande", {"MOTIF_RECOURS_SE": "1.0"}, "MOTIF_RECOURS_SE « 1.0 » n'est pas un nombre entier"),
    ("apdemande", {"HTA": '"10,5"'}, "HTA « 10,5 » n'est pas un nombre à point décimal"),
    ("apdemande", {"DATE_DEB": ""}, "DATE_DEB est vide"),
    ("apdemande", {"ETAB_SIRET": ""}, "ETAB_SIRET est vide"),
    ("apdemande", {"ID_DA": ""}, "ID_DA est vide"),
]


@pytest.mark.parametrize(("kind", "change", "expected"), KEPT)
def test_a_record_is_read_as(tmp_path, kind, change, expected):
    outcome = read(tmp_path, kind, delivery(kind, change))
    (row,) = outcome.rows
    assert {name: row[name] for name in expected} == expected


@pytest.mark.parametrize(("kind", "change", "reason"), REFUSED)
def test_a_record_is_refused_because(tmp_path, kind, change, reason):
    outcome = read(tmp_path, kind, delivery(kind, change))
    assert (outcome.rows, outcome.reasons) == ([], [reason])


@pytest.mark.parametrize("header", ["MTA", "S_MONTANT_CONSOM_TOT", "S_EFF_CONSOM_TOT"])
def test_a_column_that_the_reference_did_not_declare_is_required_all_the_same(tmp_path, header):
    """Contract Q10, W3: the reference aborted the process, or lost every row."""
    headers = [name for name in VALID["apdemande"] if name != header]
    with pytest.raises(DeliveryRefused, match=f"demande_ap.csv : colonne {header} introuvable"):
        read(tmp_path, "apdemande", (",".join(headers) + "\n").encode())


@pytest.mark.parametrize("kind", ["apconso", "apdemande"])
def test_a_key_delivered_twice_stays_twice(tmp_path, kind):
    """Contract W6: staging keeps what was delivered, the clean rule settles it."""
    assert read(tmp_path, kind, delivery(kind, {}, {})).counts == (2, 2, 0, 0)
