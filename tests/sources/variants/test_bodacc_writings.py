"""The notices of BODACC as the portal, its APIs and the programs that call them write them."""

import csv
import gzip
import io
import json
import re
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sources.delivered import read_file
from sources.variants.comparing import SAME, rows_of, verdict

JSON, CSV, PARQUET = (f"annonces-commerciales.{end}" for end in ("json", "csv", "parquet"))
JUDGMENT = {
    "type": "initial", "famille": "Jugement d'ouverture", "date": "2009-12-10",
    "nature": "Jugement d'ouverture de liquidation judiciaire", "complementJugement": "désignant liquidateur Me X",
}  # fmt: skip
PERSONS = {"personne": {"typePersonne": "pm", "numeroImmatriculation": {"numeroIdentification": "482 309 382"}}}
FIRST: dict[str, Any] = {
    "id": "A200902491993", "dateparution": "2009-12-27", "familleavis": "collective", "typeavis": "annonce",
    "parution": "20090249", "numeroannonce": 1993, "registre": ["482 309 382", "482309382"], "tribunal": "TC",
    "listepersonnes": json.dumps(PERSONS), "jugement": json.dumps(JUDGMENT, ensure_ascii=False),
    "parutionavisprecedent": None,
}  # fmt: skip
SECOND = FIRST | {"id": "A200902491994", "numeroannonce": 1994}
BOTH = [FIRST, SECOND]


def text(value: object, **options: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, **options).encode()


def each(**changes: object) -> bytes:
    """Both notices, changed."""
    return text([notice | changes for notice in BOTH])


def table(mark: str = ";", columns: tuple[str, ...] = tuple(FIRST), **changes: str) -> bytes:
    """Both notices as the portal exports them in CSV."""
    written = io.StringIO()
    writer = csv.writer(written, delimiter=mark)
    writer.writerow(columns)
    for notice in BOTH:
        reported = {name: ",".join(v) if isinstance(v, list) else v for name, v in notice.items()} | changes
        writer.writerow([reported[name] for name in columns])
    return written.getvalue().encode()


def columnar(notices: list[dict[str, Any]]) -> bytes:
    written = io.BytesIO()
    pq.write_table(pa.Table.from_pylist([{k: v for k, v in one.items() if v is not None} for one in notices]), written)
    return written.getvalue()


ALIKE: dict[str, tuple[str, bytes]] = {
    "a list": (JSON, text(BOTH)),
    "a list over several lines": (JSON, text(BOTH, indent=2)),
    "a notice a line": (JSON, text(FIRST) + b"\n" + text(SECOND)),
    "a notice a line, a comma after": (JSON, text(FIRST) + b",\n" + text(SECOND) + b"\n"),
    "one after the other": (JSON, text(FIRST) + text(SECOND)),
    "notices over several lines": (JSON, text(FIRST, indent=1) + b"\n" + text(SECOND, indent=1)),
    "a list a line": (JSON, text([FIRST]) + b"\n" + text([SECOND])),
    "lists in a list": (JSON, text([[FIRST], [SECOND]])),
    "a comma before the end": (JSON, text(BOTH)[:-1] + b",]"),
    "a mark of encoding": (JSON, b"\xef\xbb\xbf" + text(BOTH)),
    "letters by their codes": (JSON, json.dumps(BOTH).encode()),
    "a gz": (f"{JSON}.gz", gzip.compress(text(BOTH))),
    "a page of the API 2.1": (JSON, text({"total_count": 2, "results": BOTH})),
    "a page of the API 2.0": (JSON, text({"total_count": 2, "records": [{"record": {"fields": one}} for one in BOTH]})),
    "a page of the API 1.0": (JSON, text({"nhits": 2, "records": [{"fields": one} for one in BOTH]})),
    "a page a line": (JSON, b"\n".join(text({"total_count": 2, "results": [one]}) for one in BOTH)),
    "a last page without notices": (
        JSON, text({"total_count": 2, "results": BOTH}) + b'\n{"total_count": 2, "results": []}',
    ),
    "geojson": (JSON, text({"type": "FeatureCollection", "features": [{"properties": one} for one in BOTH]})),
    "by their id": (JSON, text({one["id"]: one for one in BOTH})),
    "under data": (JSON, text({"data": {"items": BOTH}})),
    "keys in capitals": (JSON, text([{key.upper(): value for key, value in one.items()} for one in BOTH])),
    "objects instead of texts": (JSON, each(jugement=JUDGMENT, listepersonnes=PERSONS)),
    "registre as one text": (JSON, each(registre="482 309 382,482309382")),
    "registre as a number": (JSON, each(registre=482309382)),
    "registre as a number with decimals": (JSON, each(registre=482309382.0)),
    "registre as Python prints it": (JSON, each(registre="['482 309 382', '482309382']")),
    "registre with words": (JSON, each(registre="482 309 382 RCS LYON")),
    "registre in no case": (JSON, each(registre=None)),
    "registre as nothing in a list": (JSON, each(registre=[None])),
    "registre as sirets": (JSON, each(registre=["48230938200012"])),
    "registre as a number of VAT": (JSON, each(registre=["FR29482309382"])),
    "registre of the craftsmen": (JSON, each(registre="RM 482.309.382 / 59")),
    "a first notice as the archives name it": (JSON, each(typeavis="creation")),
    "a family by its label": (JSON, each(familleavis="Procédures collectives")),
    "a judgment among the notices of no family": (JSON, each(familleavis="divers")),
    "records of an older portal": (
        JSON, text([{"recordid": "x", "datasetid": "annonces-commerciales", "fields": one} for one in BOTH]),
    ),
    "a judgment with entities": (
        JSON, each(jugement=json.dumps(JUDGMENT | {"nature": "Jugement d&#39;ouverture de liquidation judiciaire"})),
    ),
    "letters encoded twice": (
        JSON, each(jugement=json.dumps(JUDGMENT | {"complementJugement": "dÃ©signant liquidateur Me X"})),
    ),
    "registre as NaN": (JSON, json.dumps([one | {"registre": float("nan")} for one in BOTH]).encode()),
    "an earlier notice as a text of null": (JSON, each(parutionavisprecedent="null")),
    "a day with an hour": (JSON, each(dateparution="2009-12-27T00:00:00+00:00")),
    "CSV": (CSV, table()),
    "CSV with a mark": (CSV, b"\xef\xbb\xbf" + table()),
    "CSV with a judgment over several lines": (CSV, table(jugement=json.dumps(JUDGMENT, ensure_ascii=False, indent=1))),
    "CSV with registre as Python prints it": (CSV, table(registre="['482 309 382']")),
    "CSV with nan": (CSV, table(parutionavisprecedent="nan", registre="nan")),
    "Parquet": (PARQUET, columnar(BOTH)),
    "Parquet with objects": (
        PARQUET, columnar([one | {"jugement": JUDGMENT, "listepersonnes": PERSONS} for one in BOTH]),
    ),
}  # fmt: skip

OTHERWISE: dict[str, tuple[str, bytes, str]] = {
    "UTF-16": (JSON, json.dumps(BOTH).encode("utf-16"), "refused: .* UTF-8"),
    "latin-1": (JSON, text(BOTH).decode().encode("latin-1"), "2 rejected: octets illisibles"),
    "a list cut": (JSON, text(BOTH)[:-30], "refused: .* tronqué"),
    "a list without end": (JSON, text(BOTH)[:-1], "refused: .* tronqué"),
    "lines cut": (JSON, (text(FIRST) + b"\n" + text(SECOND))[:-30], "1 rejected: ce n'est pas un objet"),
    "a page of more": (JSON, text({"total_count": 200, "results": BOTH}), f"{SAME} ; .* 2 .* pages .* 200"),
    "the answer of an error": (JSON, text({"error_code": "X", "message": "y"}), "1 rejected: aucune des clés"),
    "an error after a page": (
        JSON, text({"total_count": 3, "results": BOTH}) + b'\n{"error_code": "X"}', f"{SAME} ; .* 1 rejected",
    ),
    "by column": (JSON, text({name: {"0": FIRST[name], "1": SECOND[name]} for name in FIRST}), "1 rejected"),
    "headers beside values": (JSON, text({"columns": list(FIRST), "data": [list(FIRST.values())]}), "1 rejected"),
    "as Python prints it": (JSON, repr(BOTH).encode(), "refused: .* abîmé"),
    "a page": (JSON, b"<html><body>502 Bad Gateway</body></html>", "refused: .* une page web"),
    "a null beside": (JSON, text([FIRST, None, SECOND]), f"{SAME} ; 1 rejected"),
    "a line of something else": (JSON, text(FIRST) + b"\n# fin\n" + text(SECOND), f"{SAME} ; 1 rejected"),
    "judgments encoded twice": (JSON, each(jugement=json.dumps(FIRST["jugement"])), "2 rejected: jugement n'est pas"),
    "a siren with a point": (CSV, table(registre="482309382.0", listepersonnes=""), "2 rejected: registre ne porte"),
    "a French day": (JSON, each(dateparution="27/12/2009"), "2 rejected: dateparution"),
    "milliseconds": (JSON, each(dateparution=1261872000000), "2 rejected: dateparution"),
    "commas": (CSV, table(","), "refused: .* séparateur"),
    "a judgment as Python prints it": (CSV, table(jugement=str(JUDGMENT)), "2 rejected: jugement n'est pas"),
}  # fmt: skip


@pytest.fixture(scope="module")
def usual(tmp_path_factory):
    path = tmp_path_factory.mktemp("usual") / JSON
    path.write_bytes(text(BOTH))
    return rows_of(read_file(path, "bodacc"))


@pytest.mark.parametrize(("name", "content"), ALIKE.values(), ids=ALIKE)
def test_notices_are_read_alike(tmp_path, usual, name, content):
    assert verdict(tmp_path, "bodacc", name, content, usual) == SAME


@pytest.mark.parametrize(("name", "content", "expected"), OTHERWISE.values(), ids=OTHERWISE)
def test_what_is_lost_is_said(tmp_path, usual, name, content, expected):
    said = verdict(tmp_path, "bodacc", name, content, usual)
    assert re.search(expected, said), said


def test_the_columns_that_other_services_read_are_enough(tmp_path, usual):
    """Those of the export « avec libellés » that keep their names: the sirens are then those of the persons."""
    columns = ("id", "listepersonnes", "dateparution", "typeavis", "jugement", "parutionavisprecedent")
    said = verdict(tmp_path, "bodacc", CSV, table(columns=columns), [one | {"tribunal": None} for one in usual])
    assert said == SAME


def test_a_judgment_that_a_program_lost_is_no_judgment_but_a_notice(tmp_path, usual):
    """Nothing is read of it: the page of the company says that it is to be read."""
    unknown = ("famille", "nature", "complement", "date_publiee", "date_jugement")
    without = [one | dict.fromkeys(unknown) for one in usual]
    for lost in (None, "null", "nan", "NaN", {}):
        assert verdict(tmp_path, "bodacc", JSON, each(jugement=lost), without) == SAME


EARLIER = {
    "nomPublication": "BODACC A", "numeroParution": "20090200", "dateParution": "2009-10-15", "numeroAnnonce": "1234",
}  # fmt: skip
EARLIER_WRITINGS: dict[str, object] = {
    "a text of JSON": json.dumps(EARLIER),
    "an object": EARLIER,
    "a list of one": [EARLIER],
    "an issue without its year": json.dumps(EARLIER | {"numeroParution": 200}),
    "a day in words": json.dumps(EARLIER | {"numeroParution": "200", "dateParution": "15 octobre 2009"}),
    "a French day": json.dumps(EARLIER | {"numeroParution": "200", "dateParution": "15/10/2009"}),
    "a number": json.dumps(EARLIER | {"numeroAnnonce": 1234}),
    "zeros before a number": json.dumps(EARLIER | {"numeroAnnonce": "00001234"}),
    "small letters": json.dumps(EARLIER | {"nomPublication": "Bodacc a"}),
    "a dash": json.dumps(EARLIER | {"nomPublication": "BODACC-A"}),
    "another name for the issue": json.dumps(
        {("numeroPublication" if name == "numeroParution" else name): value for name, value in EARLIER.items()}
    ),
}


@pytest.mark.parametrize("earlier", EARLIER_WRITINGS.values(), ids=EARLIER_WRITINGS)
@pytest.mark.parametrize("kind", ["rectificatif", "Avis rectificatif", "RECTIFICATIF"])
def test_the_notice_that_is_corrected_is_the_same_however_it_is_named(tmp_path, earlier, kind):
    path = tmp_path / JSON
    path.write_bytes(each(parutionavisprecedent=earlier, typeavis=kind))
    read = {(row["type_avis"], row["avis_precedent"]) for row in rows_of(read_file(path, "bodacc"))}
    assert read == {("rectificatif", "A200902001234")}


WRITTEN_DAYS = [
    "2009-12-10T00:00:00", "10/12/2009", "10-12-2009", "10.12.2009", "2009/12/10", "20091210", "le 10 décembre 2009",
    "jeudi 10 décembre 2009", "10 DÉCEMBRE 2009", "10 déc. 2009", "10 dÃ©cembre 2009", "10 d?cembre 2009",
    "10 décembre 2009 à 14h", "10/décembre/2009", 20091210,
]  # fmt: skip


@pytest.mark.parametrize("written", WRITTEN_DAYS)
def test_a_judgment_has_the_day_that_is_written(tmp_path, usual, written):
    path = tmp_path / JSON
    path.write_bytes(each(jugement=json.dumps(JUDGMENT | {"date": written})))
    days = [row["date_jugement"] for row in rows_of(read_file(path, "bodacc"))]
    assert days == [row["date_jugement"] for row in usual]
