"""Syntheses, comments and contacts of the application in service (application §2.3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from signaux_faibles.snapshot.search.folding import folded
from signaux_faibles.web.accompagnements.states import ContactRole
from signaux_faibles.web.rights.agent import Network
from signaux_faibles.web.takeover.identifiers import siret_of
from signaux_faibles.web.takeover.labels import network_of
from signaux_faibles.web.takeover.moments import moment
from signaux_faibles.web.takeover.parsed import LeftAside, ParsedContact, ParsedText
from signaux_faibles.web.takeover.plain_texts import plain
from signaux_faibles.web.takeover.tables import TableRecord

TRUE = frozenset({"t", "true", "1", "oui"})
ROLES = {folded(one.value): one for one in ContactRole}
LONGEST = {"first_name": 100, "last_name": 100, "phone": 30, "other_phone": 30, "note": 2_000}
UNNAMED = "Sans nom"


def texts_by_follow_up(
    table: Callable[[str], Sequence[TableRecord]],
    users: Mapping[str, str],
    networks: Mapping[str, str],
    left_aside: list[LeftAside],
) -> dict[str, list[ParsedText]]:
    """The texts of each follow-up, by its identifier; those of a network that is not ours are left aside."""
    texts: dict[str, list[ParsedText]] = defaultdict(list)
    for name, synthesis in (("summaries", True), ("comments", False)):
        for row in table(name):
            network = _network(row, networks)
            text, at = plain(row["content"]), moment(row["updated_at" if synthesis else "created_at"])
            if network is None or at is None:
                why = "Son réseau n'est pas un des nôtres." if network is None else "Aucune date lisible."
                left_aside.append(LeftAside(row.where, "", why))
            elif text:
                author = users.get(row["user_id"], "")
                texts[row["establishment_tracking_id"]].append(ParsedText(network, text, author, at, synthesis))
    return texts


def contacts_in(rows: Sequence[TableRecord], left_aside: list[LeftAside]) -> list[ParsedContact]:
    """The contacts of the table; one without a siret is left aside."""
    contacts = []
    for row in rows:
        siret = siret_of(row["establishment_siret"])
        if siret is None:
            left_aside.append(LeftAside(row.where, row["establishment_siret"], "Contact sans siret."))
        else:
            contacts.append(ParsedContact(siret, _values(row)))
    return contacts


def _network(row: TableRecord, networks: Mapping[str, str]) -> Network | None:
    """The network of a text; older ones only say whether they are the CODEFI's."""
    named = networks.get(row["network_id"], "")
    if not named and row["is_codefi"].lower() in TRUE:
        return Network.CODEFI
    return network_of(named)


def _values(row: TableRecord) -> dict[str, Any]:
    """A contact as our table holds it: what does not fit, or is no valid address, goes to the note."""
    email = row["email"].strip()
    try:
        validate_email(email)
        rest = ""
    except ValidationError:
        email, rest = "", email
    values: dict[str, Any] = {
        "first_name": row["first_name"],
        "last_name": row["last_name"] or UNNAMED,
        "phone": row["phone_number_primary"],
        "other_phone": row["phone_number_secondary"],
    }
    long = [values[name] for name in values if len(values[name]) > LONGEST[name]]
    values["note"] = "\n".join(filter(None, (plain(row["description"]), rest, *long)))
    cut = {name: text[: LONGEST[name]] for name, text in values.items()}
    role = ROLES.get(folded(row["role"]), ContactRole.OTHER).name
    return {**cut, "role": role, "email": email, "archived": bool(row["discarded_at"])}
