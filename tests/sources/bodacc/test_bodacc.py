"""The notices of BODACC: their persons, their dates, their parts, and the real records of the open API."""

import json
from datetime import date

import pytest

from signaux_faibles.sources.bodacc.bodacc_texts import MISREAD
from signaux_faibles.sources.spellings.identifiers import ZEROS_RESTORED
from sources.delivered import DATA, Outcome, read_file

NOTICE = {
    "id": "A200902491993",
    "dateparution": "2009-12-27",
    "familleavis": "collective",
    "registre": ["482 309 382", "482309382"],
}
JUDGMENT = {"type": "initial", "famille": "Jugement prononçant", "nature": "Jugement", "date": "2009-12-10"}


def read(folder, *notices: dict[str, object]) -> Outcome:
    """What is read of notices, their judgment given as an object."""
    written = [
        notice | {key: json.dumps(value) for key, value in notice.items() if isinstance(value, dict)}
        for notice in notices
    ]
    path = folder / "annonces-commerciales.json"
    path.write_text(json.dumps(written), encoding="utf-8")
    return read_file(path, "bodacc")


def personne(**numbers: object) -> dict[str, object]:
    """A person of a notice, with a number of the RCS or of the répertoire des métiers."""
    return {"typePersonne": "pm", "denomination": "ÉPICERIE", **numbers}


def rcs(number: object) -> dict[str, object]:
    return personne(numeroImmatriculation={"numeroIdentification": number, "codeRCS": "RCS", "nomGreffeImmat": "Lyon"})


def rm(number: object) -> dict[str, object]:
    return personne(inscriptionRM={"numeroIdentificationRM": number, "codeRM": "RM"})


SIRENS = {
    "the persons alone hold it": (None, [rcs("830 000 113")], ["830000113"]),
    "the répertoire des métiers alone": (None, [rm("830\u00a0000\u202f089")], ["830000089"]),
    "both registers, and one in registre": (["830 000 097"], [rcs("830 000 097"), rm("830 000 105")],
                                            ["830000097", "830000105"]),
    "an integer": (None, [rm(830000089)], ["830000089"]),
    "nobody registered in registre": (["non inscrit"], [rcs("830000113")], ["830000113"]),
    "words and points around it": (["RCS Nanterre 830.000.113"], [], ["830000113"]),
    "a siret": (["830 000 113 00012"], [], ["830000113"]),
    "the number of another department": (None, [personne(inscriptionRM={"numeroDepartement": "87"})], [None]),
    "a text for a person": (None, ["non inscrit"], [None]),
}  # fmt: skip


@pytest.mark.parametrize(("registre", "persons", "sirens"), SIRENS.values(), ids=SIRENS)
def test_the_sirens_of_every_field(tmp_path, registre, persons, sirens):
    alone = persons[0] if len(persons) == 1 else persons
    notice = {"registre": registre, "jugement": JUDGMENT, "listepersonnes": {"personne": alone}}
    outcome = read(tmp_path, NOTICE | notice)
    assert [row["siren"] for row in outcome.rows] == sirens
    assert outcome.counts == (1, 1, 0, 0)


LOST_ZEROS = f"siren : {ZEROS_RESTORED}"
SHORT = {
    "seven digits, the key agrees": ("5 520 143", "005520143"),
    "an integer": (5520143, "005520143"),
}


@pytest.mark.parametrize(("number", "siren"), SHORT.values(), ids=SHORT)
def test_the_zeros_that_a_siren_lost_are_given_back_and_counted(tmp_path, number, siren):
    outcome = read(tmp_path, NOTICE | {"registre": [number], "jugement": JUDGMENT})
    assert [row["siren"] for row in outcome.rows] == [siren]
    assert outcome.report.doubts == {LOST_ZEROS: 1}


@pytest.mark.parametrize("number", ["5 520 144", "05520143", "48230938", "552014", "830 000 113 00013 9"])
def test_a_number_whose_key_disagrees_is_no_siren(tmp_path, number):
    outcome = read(tmp_path, NOTICE | {"registre": [number], "jugement": JUDGMENT}, NOTICE)
    assert [reject.reason for reject in outcome.rejects] == ["registre ne porte aucun numéro SIREN de 9 chiffres"]


REGISTRATIONS = {
    "one siren in both spellings": (["482 309 382", "482309382"], ["482309382"]),
    "no-break spaces": (["482\u00a0309\u202f382"], ["482309382"]),
    "two persons": (["482 309 382", "482309382", "383 755 949", "383755949"], ["383755949", "482309382"]),
    "a person without siren beside one": (["non inscrit", "482309382"], ["482309382"]),
    "nobody registered": (["non inscrit"], [None]),
    "nothing": (None, [None]),
}


@pytest.mark.parametrize(("registre", "sirens"), REGISTRATIONS.values(), ids=REGISTRATIONS)
def test_a_notice_gives_a_row_for_each_siren(tmp_path, registre, sirens):
    outcome = read(tmp_path, NOTICE | {"registre": registre, "jugement": JUDGMENT})
    assert [row["siren"] for row in outcome.rows] == sirens
    assert {row["line"] for row in outcome.rows} == {1}
    assert outcome.counts == (1, 1, 0, 0)
    without = "annonce sans SIREN : elle ne peut être rattachée à une entreprise"
    assert outcome.report.doubts == ({without: 1} if sirens == [None] else {})


DATES = {
    "2009-12-10": date(2009, 12, 10),
    "10 décembre 2009": date(2009, 12, 10),
    "1er août 2009": date(2009, 8, 1),
    " 27 FÉVRIER 2008 ": date(2008, 2, 27),
    "10 dÃ©cembre 2009": date(2009, 12, 10),
    "10/12/2009": date(2009, 12, 10),
    "10-12-2009": date(2009, 12, 10),
    "10.12.2009": date(2009, 12, 10),
    "2009/12/10": date(2009, 12, 10),
    "2009-12-10T00:00:00": date(2009, 12, 10),
    "2009-12-10 00:00:00": date(2009, 12, 10),
    "10\u00a0décembre\u00a02009": date(2009, 12, 10),
    "10décembre2009": date(2009, 12, 10),
    "10-décembre-2009": date(2009, 12, 10),
    "10 décembre, 2009": date(2009, 12, 10),
    "10 d?cembre 2009": date(2009, 12, 10),
    "27 f?vrier 2008": date(2008, 2, 27),
    "2 ao?t 2008": date(2008, 8, 2),
    "1er&nbsp;ao&ucirc;t 2009": date(2009, 8, 1),
    "10\u202fdécembre 2009": date(2009, 12, 10),
    "10\tdécembre  2009": date(2009, 12, 10),
    "10 décembre 2009 à 14h": date(2009, 12, 10),
    "10 décembre 2009.": date(2009, 12, 10),
    "10\u2009décembre\ufeff2009": date(2009, 12, 10),
    "20091210": date(2009, 12, 10),
    "2009-12-09T23:00:00.000Z": date(2009, 12, 10),
    "jeudi 10 décembre 2009": date(2009, 12, 10),
    "le 10 décembre 2009": date(2009, 12, 10),
    "en date du 10 décembre 2009": date(2009, 12, 10),
    "10 déc. 2009": date(2009, 12, 10),
    "2 juil 2009": date(2009, 7, 2),
    "2 juin 2009": date(2009, 6, 2),
    "1 er août 2009": date(2009, 8, 1),
    "10 DÉCEMBRE 2009": date(2009, 12, 10),
    "10 brumaire 2009": None,
    "2009": None,
    "décembre 2009": None,
    "2009-12-27": date(2009, 12, 27),
    "2009-12-28": None,
    "2029-12-10": None,
    "0209-12-10": None,
    "10 décembre 209": None,
    "1 janvier 1900": None,
    "31 juin 2009": None,
    "31/02/2009": None,
    "12/31/2008": None,
    "hier": None,
}


@pytest.mark.parametrize(("text", "day"), DATES.items())
def test_the_day_of_a_judgment(tmp_path, text, day):
    outcome = read(tmp_path, NOTICE | {"jugement": JUDGMENT | {"date": text}})
    assert [row["date_jugement"] for row in outcome.rows] == [day]
    unknown = "date de jugement illisible ou impossible : tenue pour inconnue"
    assert outcome.report.doubts == ({} if day else {unknown: 1})


def test_a_judgment_without_day_is_no_doubt(tmp_path):
    outcome = read(tmp_path, NOTICE | {"jugement": JUDGMENT | {"date": ""}})
    assert outcome.rows[0]["date_jugement"] is None
    assert outcome.report.doubts == {}


KINDS = [
    ("annonce", "initial", "annonce"),
    (None, "initial", "annonce"),
    (None, None, "annonce"),
    ("Rectificatif", "initial", "rectificatif"),
    (None, "rectificatif", "rectificatif"),
    ("annulation", None, "annulation"),
]


@pytest.mark.parametrize(("typeavis", "type_", "kind"), KINDS)
def test_the_kind_of_a_notice(tmp_path, typeavis, type_, kind):
    outcome = read(tmp_path, NOTICE | {"typeavis": typeavis, "jugement": JUDGMENT | {"type": type_}})
    assert [row["type_avis"] for row in outcome.rows] == [kind]


def test_the_notice_that_another_corrects(tmp_path):
    before = {
        "nomPublication": "BODACC A", "numeroParution": "20090201", "dateParution": "2009-10-20", "numeroAnnonce": 17,
    }  # fmt: skip
    notice = NOTICE | {"typeavis": "rectificatif", "jugement": JUDGMENT}
    reported = (before, before | {"numeroAnnonce": "00017"}, {})
    outcome = read(tmp_path, *(notice | {"parutionavisprecedent": earlier} for earlier in reported))
    assert [row["avis_precedent"] for row in outcome.rows] == ["A2009020117", "A2009020117", None]


def test_the_issue_and_the_number_come_from_the_id_when_they_are_not_reported(tmp_path):
    outcome = read(tmp_path, NOTICE, NOTICE | {"parution": "20090250", "numeroannonce": 12})
    assert [(row["parution"], row["numero"]) for row in outcome.rows] == [("20090249", "1993"), ("20090250", "12")]


REPAIRED = {
    "RÃ©solution du plan dâ€™apurement": "Résolution du plan d’apurement",
    "prononÃ§ant": "prononçant",
    "dÃ©jÃ\u00a0 clos": "déjà clos",
    "résolution": "résolution",
    "PÂTISSERIE À LA CHÂTAIGNE": "PÂTISSERIE À LA CHÂTAIGNE",
    "r�solution": "r�solution",
}


@pytest.mark.parametrize(("delivered", "read_"), REPAIRED.items())
def test_a_doubly_encoded_letter_is_repaired_and_nothing_else(tmp_path, delivered, read_):
    outcome = read(tmp_path, NOTICE | {"jugement": JUDGMENT | {"nature": delivered}})
    assert outcome.rows[0]["nature"] == read_


def test_no_repaired_sequence_is_french():
    """French writes neither Ã nor Å, and no sign after  or â."""
    assert all(misread[0] in "ÃÅ" or (misread[0] in "Ââ" and not misread[1].isalpha()) for misread in MISREAD)


REFUSED = {
    "a registration that is no siren": ({"registre": ["48230938"]}, "registre ne porte aucun numéro SIREN"),
    "no day of publication": ({"dateparution": None}, "dateparution est vide"),
    "no id": ({"id": ""}, "id est vide"),
    "a judgment that is no JSON": ({"jugement": "{nature"}, "jugement n'est pas un objet JSON"),
    "an unknown kind": ({"typeavis": "erratum"}, "typeavis n'est ni annonce"),
}


@pytest.mark.parametrize(("change", "reason"), REFUSED.values(), ids=REFUSED)
def test_a_bad_notice_is_refused_alone(tmp_path, change, reason):
    outcome = read(tmp_path, NOTICE, NOTICE | change, NOTICE)
    assert outcome.counts == (3, 2, 1, 0)
    (reject,) = outcome.rejects
    assert reject.line == 2
    assert reason in reject.reason


@pytest.mark.parametrize("family", ["dpc", "vente", "Dépôts des comptes", " RADIATION "])
def test_a_notice_of_another_family_is_left_aside(tmp_path, family):
    outcome = read(tmp_path, NOTICE | {"familleavis": family}, NOTICE)
    assert outcome.counts == (2, 1, 0, 1)


@pytest.mark.parametrize("family", ["collective", "Collective ", None, "une famille à venir"])
def test_a_notice_is_left_aside_for_a_family_that_is_known_alone(tmp_path, family):
    assert read(tmp_path, NOTICE | {"familleavis": family}).counts == (1, 1, 0, 0)


def test_the_real_records_are_all_read():
    outcome = read_file(DATA / "bodacc_real_records.json", "bodacc")
    assert outcome.counts == (5, 5, 0, 0)
    assert outcome.report.doubts == {}
    reported = [(row["siren"], row["date_jugement"], row["date_parution"], row["nature"]) for row in outcome.rows]
    assert reported == [
        ("853479236", date(2026, 8, 31), date(2026, 9, 9), "Jugement d'ouverture de liquidation judiciaire"),
        ("502592959", date(2026, 9, 3), date(2026, 9, 9), "Jugement d'interdiction de gérer"),
        ("878454818", date(2026, 9, 29), date(2026, 10, 6),
         "Jugement d'ouverture d'une procédure de redressement judiciaire"),
        ("482309382", date(2009, 12, 10), date(2009, 12, 27), "Jugement de conversion en liquidation judiciaire"),
        ("383755949", date(2025, 4, 16), date(2025, 5, 23), "Jugement de conversion en redressement judiciaire"),
    ]  # fmt: skip


OPENING = JUDGMENT | {"nature": "Jugement d'ouverture de liquidation judiciaire"}
WRITTEN = {
    "a list of one": [OPENING],
    "a list of one, as a text": json.dumps([OPENING]),
    "entities of a web page": json.dumps(OPENING).replace("'", "&#39;"),
}
NO_OBJECT = {
    "a list of two": [OPENING, JUDGMENT],
    "a text in a text": json.dumps(json.dumps(OPENING)),
    "as Python prints it": str(OPENING),
    "cut": json.dumps(OPENING)[:-4],
}


@pytest.mark.parametrize("judgment", WRITTEN.values(), ids=WRITTEN)
def test_a_judgment_is_read_in_each_writing(tmp_path, judgment):
    outcome = read(tmp_path, NOTICE | {"jugement": judgment})
    assert [row["nature"] for row in outcome.rows] == [OPENING["nature"]]


@pytest.mark.parametrize("judgment", NO_OBJECT.values(), ids=NO_OBJECT)
def test_what_is_not_one_judgment_is_refused_and_never_silent(tmp_path, judgment):
    outcome = read(tmp_path, NOTICE | {"jugement": judgment})
    assert outcome.reasons == ["jugement n'est pas un objet JSON"]


KINDS = {
    # typeavis, type of the judgment: what the notice is
    ("annonce", "initial"): "annonce",
    ("Avis initial", None): "annonce",
    (None, None): "annonce",
    ("rectificatif", "initial"): "rectificatif",
    ("Avis rectificatif", None): "rectificatif",
    ("annonce", "rectificatif"): "rectificatif",
    (" RECTIFICATIF", None): "rectificatif",
    ("Avis d'annulation", None): "annulation",
    ("Avis d’annulation", None): "annulation",
    ("annonce", "annulation"): "annulation",
    ("rectificatif", "annulation"): "annulation",
    ("autre", "annulation"): None,
    ("annonce", "autre"): None,
}


@pytest.mark.parametrize(("written", "kind"), KINDS.items())
def test_what_a_notice_is_stands_in_two_places(tmp_path, written, kind):
    outcome = read(tmp_path, NOTICE | {"typeavis": written[0], "jugement": OPENING | {"type": written[1]}})
    assert [row["type_avis"] for row in outcome.rows] == ([kind] if kind else [])
    assert outcome.counts == ((1, 1, 0, 0) if kind else (1, 0, 1, 0))


EARLIER = [
    {"nomPublication": "BODACC A", "numeroParution": "20260150", "numeroAnnonce": "120"},
    {"nomPublication": "Bodacc a", "numeroParution": 20260150, "numeroAnnonce": 120},
    {"nomPublication": "A", "numeroParution": "2026 0150", "numeroAnnonce": "00120"},
    {"nomPublication": "BODACC_A", "numeroParution": "150", "dateParution": "2026-08-05", "numeroAnnonce": "120"},
    {"nomPublication": "BODACC A", "numeroParution": "0150", "dateParution": "5 août 2026", "numeroAnnonce": "120"},
]


@pytest.mark.parametrize("earlier", EARLIER)
@pytest.mark.parametrize("listed", [False, True])
def test_the_notice_that_another_names_has_one_id(tmp_path, earlier, listed):
    written = json.dumps([earlier] if listed else earlier)
    outcome = read(tmp_path, NOTICE | {"parutionavisprecedent": written, "jugement": OPENING})
    assert [row["avis_precedent"] for row in outcome.rows] == ["A20260150120"]


FAMILIES = {
    ("collective", None): True,
    ("conciliation", None): True,
    ("retablissement_professionnel", None): True,
    (None, "Procédures de rétablissement professionnel"): True,
    (None, None): True,
    ("dpc", None): False,
    (None, "Dépôts des comptes"): False,
    (None, "Ventes et cessions"): False,
    ("Modifications diverses", None): False,
}


@pytest.mark.parametrize(("family", "kept"), FAMILIES.items())
def test_the_families_that_hold_judgments_are_read(tmp_path, family, kept):
    """A rétablissement professionnel may end in a liquidation: a family of its own does not hide it.

    Nor does any other, if a notice of it ever holds a judgment.
    """
    notice = NOTICE | {"familleavis": family[0], "familleavis_lib": family[1]}
    assert read(tmp_path, notice | {"jugement": OPENING}).counts == (1, 1, 0, 0)
    assert read(tmp_path, notice | {"jugement": None}).counts == ((1, 1, 0, 0) if kept else (1, 0, 0, 1))
