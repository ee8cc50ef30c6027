"""Rows that are added and never changed: what people did, as they did it."""

from __future__ import annotations

from typing import Any

from django.db import models


class NeverChanged(Exception):
    """The caller tried to change or delete a row of an append-only table."""


class AppendOnlyQuerySet(models.QuerySet[Any]):
    """Rows can be added and read, whatever the number."""

    def update(self, **kwargs: Any) -> int:  # noqa: ARG002 (as Django names them)
        """Refuse."""
        raise NeverChanged(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        """Refuse."""
        raise NeverChanged(self.model.__name__)


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        """Each model has its own table."""

        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Write a new row, and refuse to write it again."""
        if self.pk is not None:
            raise NeverChanged(type(self).__name__)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:  # noqa: ARG002 (as Django names them)
        """Refuse."""
        raise NeverChanged(type(self).__name__)
