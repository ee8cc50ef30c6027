"""The limits of the columns of a board: each is a row that is never changed, the last one holds."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from signaux_faibles.web.accompagnements.states import BoardColumn
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.append_only import AppendOnly


class ColumnLimit(AppendOnly):
    """How many cards a CRP wants at most in a column of a board; None for as many as there are."""

    region = models.CharField("tableau", max_length=60)
    column = models.CharField("colonne", max_length=20, choices=[(one.name, one.value) for one in BoardColumn])
    most = models.PositiveIntegerField("au plus", null=True)
    author = models.ForeignKey(Account, models.PROTECT, related_name="column_limits")
    at = models.DateTimeField("à", auto_now_add=True)

    class Meta:
        """A board reads its last ones."""

        indexes: ClassVar = [models.Index(fields=["region", "column", "id"], name="limit_of_column")]

    def __str__(self) -> str:
        return f"{self.region}, {self.column} : {self.most}"
