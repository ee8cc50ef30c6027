"""What is escaped by Python is what Django escapes."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.utils.functional import lazystr
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from hypothesis import given
from hypothesis import strategies as st

from signaux_faibles.web.components.escaping import escaped

VALUES = (
    "<b>&\"'</b>",
    mark_safe("<b>&amp;</b>"),
    lazystr("<i>l'été</i>"),
    12,
    Decimal("1.50"),
    None,
    True,
    "",
    "\u202e",
)


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_value(value: object) -> None:
    assert escaped(value) == conditional_escape(value)


@given(st.text())
def test_any_text(text: str) -> None:
    assert escaped(text) == conditional_escape(text)
