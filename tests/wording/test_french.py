"""Values as agents read them."""

from datetime import date

import pytest

from signaux_faibles.wording import french as wording

TEXTS = [
    (wording.euros(12350), "12 350 €"),
    (wording.euros(0), "0 €"),
    (wording.euros(-0.2), "0 €"),
    (wording.signed_euros(350.4), "+350 €"),
    (wording.signed_euros(-350), "−350 €"),
    (wording.signed_euros(0.2), "0 €"),
    (wording.percent(-0.2), "−20 %"),
    (wording.percent(0.125), "+12 %"),
    (wording.percent(0), "0 %"),
    (wording.months(3), "3 mois"),
    (wording.age(23), "23 mois"),
    (wording.age(179), "14 ans"),
    (wording.employees(1), "1 salarié"),
    (wording.employees(1250), "1 250 salariés"),
    (wording.yes_or_no(1.0), "oui"),
    (wording.rate(0.0234), "2,3 %"),
    (wording.month_label(date(2026, 10, 1)), "Octobre 2026"),
    (wording.month_label(date(2026, 8, 31)), "Août 2026"),
    (wording.day_label(date(2026, 10, 1)), "1er octobre 2026"),
    (wording.day_label(date(2026, 9, 30)), "30 septembre 2026"),
]


@pytest.mark.parametrize(("text", "expected"), TEXTS)
def test_a_value_is_written_as_in_french(text: str, expected: str) -> None:
    assert text.replace("\u202f", " ").replace("\u00a0", " ") == expected
