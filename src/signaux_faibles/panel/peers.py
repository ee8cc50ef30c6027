"""The rank of a company among its peers of the month, from what was known then (model §3.8).

Published sector quantiles are dated by the batch that brings them: they are unknown in every past month and known in
the month scored. The panel compares companies with one another instead, in all months alike.
"""

from __future__ import annotations

import narwhals.stable.v2 as nw

from signaux_faibles.relations.engine import Relation
from signaux_faibles.relations.schema import Field, Kind

RANKED = (
    "marge_ebe",
    "solidite_financiere",
    "liquidite_reduite",
    "tresorerie_jours",
    "credit_fournisseurs_jours",
    "evolution_ca",
)
KEYS = ("siren", "periode")
SIZES = (20, 50)
"""Lower bounds, in employees, of the classes of medium and large companies."""
FEWEST = 20
"""With fewer peers whose value is known, a rank means nothing: the next wider class is tried."""
PEER_FEATURES = tuple(
    Field(f"rang_{name}", Kind.REAL, f"share of the peers of the month whose {name} is lower") for name in RANKED
)


def among_peers(rows: Relation) -> Relation:
    """Add to each row its rank, from 0 to 1, among the companies of its month, section of the NAF and size.

    Peers are those of the same section and size, else of the same section, else all companies: the first class with
    enough known values. Equal values share the middle of their ranks; an unknown value has no rank.

    Args:
        rows: rows of `PANEL`, all those that are compared with one another.
    Returns:
        the same rows with `PEER_FEATURES`.
    """
    staff = nw.col("effectif")
    size = sum((nw.when(staff >= bound).then(nw.lit(1)).otherwise(nw.lit(0)) for bound in SIZES), start=nw.lit(0))
    classes = (["periode", "naf_section", "size_"], ["periode", "naf_section"], ["periode"])
    # Ranked apart, since every rank sorts whole rows, and those of a panel are wide.
    narrow = rows.select(*KEYS, "naf_section", *RANKED, size_=size)
    ranks = narrow.select(
        *KEYS, **{f"rang_{name}": nw.coalesce(*(_rank(name, peers) for peers in classes)) for name in RANKED}
    )
    return rows.join(ranks, on=list(KEYS), how="left")


def _rank(name: str, peers: list[str]) -> nw.Expr:
    count = nw.col(name).count().over(peers)
    middle = nw.col(name).rank("average").over(peers) - 0.5
    return nw.when((count >= FEWEST) & ~nw.col(name).is_null()).then(middle / count.cast(nw.Float64))
