"""Rows of what people did never change, whoever writes to the database."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, connection, transaction

from harness.append_only import append_only_models
from signaux_faibles.web.append_only import AppendOnly
from signaux_faibles.web.append_only_triggers import REFUSAL


@pytest.mark.django_db
@pytest.mark.parametrize("model", append_only_models(), ids=lambda model: model.__name__)
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 1", "DELETE FROM {}"])
def test_the_database_refuses_to_change_a_row(model: type[AppendOnly], statement: str) -> None:
    table = model._meta.db_table
    row = model(pk=None)
    for field in model._meta.concrete_fields:
        if field.is_relation and not field.null:
            setattr(row, field.attname, 0)
        elif field.get_internal_type() == "DateField":
            setattr(row, field.attname, "2026-11-02")
        elif field.get_internal_type() in ("PositiveIntegerField", "PositiveBigIntegerField", "BooleanField"):
            setattr(row, field.attname, 0)
    with connection.constraint_checks_disabled(), transaction.atomic():
        row.save()
        with pytest.raises(DatabaseError, match=REFUSAL), transaction.atomic():
            connection.cursor().execute(statement.format(table))
        transaction.set_rollback(True)


def test_every_act_of_agents_is_kept() -> None:
    assert {model.__name__ for model in append_only_models()} >= {
        "Unlock",
        "Vote",
        "Dispute",
        "Event",
        "Comment",
        "Synthesis",
        "Decision",
        "CampagneAct",
        "Digest",
        "UrgentMail",
    }
