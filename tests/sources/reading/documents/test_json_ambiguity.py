"""A key with two values: the record that has it is rejected with the reason, and no other is lost."""

import json

import pytest

from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.documents.json_ambiguity import Ambiguous, ambiguous_key, object_of
from sources.delivered import VALID, read_file

NOTICE = VALID["bodacc"]
TEXT = json.dumps(NOTICE)
TWO_SIRENS = TEXT.replace('"registre"', '"registre": "200000001", "registre"', 1)
TWO_DATES = TEXT.replace('"dateparution"', '"DATEPARUTION": "2010-01-01", "dateparution"', 1)
SAME_TWICE = TEXT.replace('"registre"', f'"registre": "{NOTICE["registre"]}", "registre"', 1)
DEEP = json.dumps(NOTICE | {"jugement": {"nature": "ouverture"}}).replace('"nature"', '"nature": "clôture", "nature"')
OTHER_KEY = TEXT[:-1] + ', "unread": 1, "Unread": 2}'


@pytest.fixture
def bodacc(tmp_path):
    """Read a text delivered as the export of notices."""

    def read_text(text):
        path = tmp_path / "annonces-commerciales.json"
        path.write_text(text, encoding="utf-8")
        return read_file(path, "bodacc")

    return read_text


@pytest.mark.parametrize(
    ("text", "key"),
    [(TWO_SIRENS, "registre"), (TWO_DATES, "dateparution"), (DEEP, "nature")],
    ids=["siren", "case", "deep"],
)
@pytest.mark.parametrize("shape", ["{0}\n{1}\n", "[{0}, {1}]", '{{"total_count": 2, "results": [{0}, {1}]}}'])
def test_a_key_with_two_values_rejects_its_record_alone(bodacc, text, key, shape):
    outcome = bodacc(shape.format(TEXT, text))
    assert [(reject.line, reject.reason) for reject in outcome.rejects] == [(2, f"la clé « {key} » y a deux valeurs")]
    assert outcome.report.rows_read == 2


@pytest.mark.parametrize("text", [SAME_TWICE, OTHER_KEY])
def test_a_key_written_twice_with_one_value_or_that_nobody_reads_is_read(bodacc, text):
    outcome = bodacc(text)
    assert outcome.rejects == []
    assert outcome.report.rows_kept == 1


def test_a_page_with_two_lists_of_records_under_one_key_is_refused(bodacc):
    with pytest.raises(DeliveryRefused, match="deux valeurs pour la clé « results »"):
        bodacc(f'{{"total_count": 2, "results": [{TEXT}], "results": [{TEXT.replace("1993", "1994")}]}}')


def test_the_first_key_found_is_the_one_shown():
    inner = object_of([("b", 1), ("b", 2)])
    assert isinstance(inner, Ambiguous)
    assert ambiguous_key({"a": [{"c": inner}]}) == "b"
    assert ambiguous_key({"a": [{"c": inner}]}, apart={id(inner)}) is None
    assert object_of([("a", 1), ("a", 1)]) == {"a": 1}
