"""The same bilans in XML and as replies of the register give the same rows (open-data §2.9)."""

import json
from pathlib import Path

from signaux_faibles.sources.inpi.inpi import INPI
from sources.delivered import read_file

REAL = sorted((Path(__file__).parents[1] / "tables" / "data" / "inpi").glob("*.xml"))
WORDS = {"0": "Public", "2": "CompteResultatConfidentiel"}
ELSEWHERE = {"document"}
IDENTITY = {
    "num_depot": "numDepot", "code_greffe": "codeGreffe", "num_gestion": "numGestion", "devise": "codeDevise",
    "duree_exercice": "dureeExerciceN", "date_cloture_precedente": "dateClotureExerciceNMoins1",
    "duree_precedente": "dureeExerciceNMoins1", "origine_devise": "codeOrigineDevise", "code_motif": "codeMotif",
    "code_activite": "codeActivite", "info_traitement": "infoTraitement",
}  # fmt: skip


def reply(rows):
    """The reply of the register that reports the bilan of these rows."""
    first = rows[0]
    pages: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        amounts = {f"m{n}": f"{int(row[f'm{n}']):015d}" for n in range(1, 5) if row[f"m{n}"] is not None}
        pages.setdefault(row["page"], []).append({"code": row["code"]} | amounts)
    identity = {key: None if first[name] is None else str(first[name]) for name, key in IDENTITY.items()}
    detail = {"pages": [{"numero": number, "liasses": lines} for number, lines in pages.items()]}
    return {
        "siren": first["siren"], "denomination": first["denomination"], "typeBilan": first["type_bilan"],
        "dateDepot": str(first["date_depot"]), "dateCloture": str(first["date_cloture"]), "deleted": False,
        "confidentiality": WORDS[first["confidentialite"]],
        "bilanSaisi": {"bilan": {"identite": identity, "detail": detail}},
    }  # fmt: skip


def test_real_bilans_give_the_same_rows_in_both(tmp_path):
    documents = [read_file(path, "inpi").rows for path in REAL]
    path = tmp_path / "bilans_saisis_rne.json"
    path.write_text(json.dumps([reply(rows) for rows in documents]), encoding="utf-8")
    outcome = read_file(path, "inpi_json")
    assert outcome.counts == (len(REAL), len(REAL), 0, 0)
    names = [name for name in INPI.schema.names if name not in ELSEWHERE]
    reported = [tuple(row[name] for name in names) for row in outcome.rows]
    assert sorted(map(repr, reported)) == sorted(
        repr(tuple(row[n] for n in names)) for rows in documents for row in rows
    )
