"""The models whose rows are only added to."""

from __future__ import annotations

from signaux_faibles.web.append_only import AppendOnly


def append_only_models(of: type[AppendOnly] = AppendOnly) -> list[type[AppendOnly]]:
    """Those that have a table; one that others share their columns from has none."""
    found = [one for kind in of.__subclasses__() for one in (kind, *append_only_models(kind))]
    return [one for one in found if not one._meta.abstract]
