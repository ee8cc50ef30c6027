"""Accounts of agents from the file of the back office (application §8.5): who they are, never what they may read."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.web.accounts.models import Account
from signaux_faibles.web.accounts.opening import AccountRefused, Person, check_person, existing, open_without_password
from signaux_faibles.web.rights.agent import Administration, Segment
from signaux_faibles.web.rights.networks import usual_segment
from signaux_faibles.web.takeover.parsed import Plan
from signaux_faibles.web.takeover.tables import TableRecord, read_table
from signaux_faibles.web.territory import department_labels, departments_of, region_labels

OTHER_NAMES = {
    "segment": "segment_name",
    "entity_name": "entity",
    "entites": "entity",
    "geo_access_name": "geo_access",
    "acces_geographique": "geo_access",
    "adresse_mail": "email",
    "prenom": "first_name",
    "nom": "last_name",
    "fonction": "description",
}
"""Headings of the export, and of the habilitations workbook saved as CSV (application §8.6)."""
PRODUCT_TEAM = "sf"
SEGMENTS: Mapping[str, Segment] = {
    "crp": Segment.CRP,
    "mire": Segment.CRP,
    "dreets reseaucrp": Segment.CRP_SUPPORT,
    "centrale dge": Segment.CRP_SUPPORT,
    "dgfip": Segment.DGFIP,
    "bdf": Segment.BDF,
    "darp": Segment.DARP,
    "muteco": Segment.DARP,
    "dgefp": Segment.DARP,
    "urssaf": Segment.URSSAF,
    "dreets": Segment.OTHER,
    "finances": Segment.OTHER,
}
"""Segments of the application in service (application §3.2)."""
_ADMINISTRATIONS: tuple[tuple[str, Administration], ...] = (
    ("ddets", Administration.DDETS),
    ("ddetspp", Administration.DDETS),
    ("dreets", Administration.DREETS),
    ("deets", Administration.DREETS),
    ("dgefp", Administration.DGEFP),
    ("dge", Administration.DGE),
    ("urssaf", Administration.URSSAF),
    ("banque", Administration.BDF),
    ("bdf", Administration.BDF),
    *((word, Administration.DGFIP) for word in ("dgfip", "ddfip", "drfip", "codefi", "finances")),
)
"""The first of these words that an entity holds."""
EVERYWHERE = "france entiere"


def agents_by_address() -> dict[str, Account]:
    """The accounts that may have acted on companies, open or not, by their address."""
    return {one.email: one for one in Account.objects.filter(product_administrator=False)}


PeoplePlan = Plan[tuple[Person, bool]]
"""The accounts to open, each with whether it is open: that of an archived agent is closed."""


def plan_people(path: Path) -> PeoplePlan:
    """The accounts that a file would open; an existing one stays as it is.

    Raises:
        UnreadableExport: the file cannot be read.
    """
    plan = PeoplePlan()
    seen: set[str] = set()
    for row in read_table(path, plan.left_aside, required=("email", "segment_name"), others=OTHER_NAMES):
        address = "".join(row["email"].split()).lower()
        if existing(address):
            plan.already += 1
            continue
        try:
            if address in seen:
                raise AccountRefused("Adresse en double dans le fichier.")
            person = _person(row, address)
            check_person(person)
        except AccountRefused as refused:
            plan.leave(row.where, address, str(refused))
            continue
        seen.add(address)
        plan.ready.append((person, not row["discarded_at"]))
    return plan


def open_people(plan: PeoplePlan, *, demo: bool) -> list[Account]:
    """Open the accounts of a plan, without password or habilitation."""
    return [open_without_password(person, active=active, demo=demo) for person, active in plan.ready]


def _person(row: TableRecord, address: str) -> Person:
    words = folded(row["segment_name"].replace("_", " ").replace("-", " "))
    if words == PRODUCT_TEAM:
        raise AccountRefused("L'équipe du produit ne vient pas d'un fichier : sf account create.")
    segment = SEGMENTS.get(words)
    if segment is None:
        raise AccountRefused(f"Segment « {row['segment_name']} » inconnu.")
    entity = folded(row["entity"]).split()
    administration = next((one for word, one in _ADMINISTRATIONS if word in entity), None)
    if administration is None:
        raise AccountRefused(f"Entité « {row['entity']} » inconnue.")
    fonction = row["description"] or row["segment_name"]
    usual = usual_segment(administration, fonction)
    precise = segment is Segment.DGFIP and usual in (Segment.SP_CODEFI, Segment.CDED)
    return Person(
        email=address,
        name=f"{row['first_name']} {row['last_name']}".strip(),
        administration=administration,
        fonction=fonction[:150],
        zone=_zone(row["geo_access"]),
        segment=usual if precise else segment,
    )


def _zone(access: str) -> frozenset[str]:
    """The departments of a geographic access: a code, a department, a region, the whole country."""
    words, labels = folded(access), department_labels()
    if words == EVERYWHERE:
        return frozenset(labels)
    departments = {code for code, label in labels.items() if words in (folded(code), folded(label))}
    regions = [departments_of(region) for region in region_labels() if folded(region) == words]
    zone = frozenset(departments).union(*regions)
    if not zone:
        raise AccountRefused(f"Accès géographique « {access} » inconnu.")
    return zone
