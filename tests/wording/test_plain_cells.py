"""What a spreadsheet would take for a formula is shown as a text."""

import pytest

from signaux_faibles.wording.plain_cells import plain_cell


@pytest.mark.parametrize("text", ["=1+1", "+33 1 23", "-5", "@SUM(A1)", "\t=1", "=cmd|' /C calc'!A0"])
def test_a_formula_is_shown_and_never_run(text):
    assert plain_cell(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "ATELIERS DU LIMOUSIN", "L'ÉTOILE = NORD", "10-12"])
def test_any_other_text_is_left_as_it_is(text):
    assert plain_cell(text) == text
