"""The official table of correspondence, as INSEE's workbook saves it, or made by hand (new-facts §0.1)."""

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from sources.delivered import read

REV2, NAF25 = "Sous-classes NAF rév. 2 – codes", "Sous-classes NAF 2025 – codes"

FILES = [
    ("the edition of January 2026", f"{REV2};{NAF25};Type de correspondance;Contenu commun\n62.01Z;62.10Y;Unique;x"),
    ("in the order of another sheet", f"Libellé;{NAF25};{REV2}\nProgrammation;62.10Y;62.01Z"),
    ("the editions before it", "NAFold-code;NAFold-intitulé;NAFnew-code\n62.01Z;Programmation;62.10Y"),
    (
        "with headers of two lines",
        '"NAFold-code\n(code niveau sous-classe de la nomenclature actuelle)";"NAFnew-code\n(code niveau sous-classe '
        'de la nomenclature 2025, correspondance logique avec les NAFold-codes)"\n62.01Z;62.10Y',
    ),
    ("made by hand, without dots", "naf_rev2;naf_2025\n6201Z;6210Y"),
    ("with a text that holds lines and separators", f'{REV2};{NAF25};Contenu commun\n62.01Z;62.10Y;"- a ;\n- b"'),
]


@pytest.mark.parametrize(("name", "text"), FILES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
def test_a_pair_is_read_from(tmp_path, name, text, encoding):
    outcome = read(tmp_path, "correspondance_naf", text.encode(encoding))
    assert [(row["naf_rev2"], row["naf_2025"]) for row in outcome.rows] == [("62.01Z", "62.10Y")], name
    assert outcome.rejects == []


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("62.01;62.10Y", "n'est pas le code d'une sous-classe NAF rév. 2"),
        ("62.01Z;", f"{NAF25} est vide"),
        ("62.10Y;62.10Y", "n'est pas le code d'une sous-classe NAF rév. 2"),
    ],
)
def test_a_line_is_refused(tmp_path, line, reason):
    outcome = read(tmp_path, "correspondance_naf", f"{REV2};{NAF25}\n{line}".encode())
    assert outcome.rows == []
    assert reason in outcome.reasons[0]


@pytest.mark.parametrize(
    ("headers", "missing"),
    [("Libellé;Notes", REV2), (f"{REV2};Notes", NAF25), ("Libellé;NAFnew-code", REV2)],
)
def test_a_table_without_the_codes_of_a_nomenclature_is_refused(tmp_path, headers, missing):
    with pytest.raises(DeliveryRefused, match=f"colonne {missing} introuvable"):
        read(tmp_path, "correspondance_naf", f"{headers}\n62.01Z;62.10Y".encode())
