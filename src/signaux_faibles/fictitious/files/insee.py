"""What INSEE delivers about employers: legal units, establishments and their history, as they are on a day."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.months import Batch, first_day
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people import addresses
from signaux_faibles.fictitious.people.activity_codes import delivered, naf_rev2
from signaux_faibles.fictitious.people.addresses import chosen, hidden, located
from signaux_faibles.fictitious.people.establishments import Establishments, opening_day
from signaux_faibles.fictitious.people.population import Bools, Ints, Reals

_DAY = np.timedelta64(1, "D")


def legal_units(part: Part, batch: Batch) -> pa.Table:
    """Rows of `sireneUL.csv`: the units created before the day, active or not."""
    employers, identities = part.employers, part.identities
    companies = np.flatnonzero(employers.birth < batch.rank)
    rank = pa.array(companies)
    ceased = identities.radiated[companies] <= batch.rank - 1
    masked = pa.array(identities.masked[companies])
    created = opening_day(employers.birth[companies], companies)
    first_name = identities.first_name.take(rank)
    sex = pc.if_else(pc.is_valid(first_name), "F", pa.scalar(None, pa.string()))
    return pa.table(
        {
            "siren": pa.array(employers.siren[companies]),
            "statut_diffusion": chosen(identities.masked[companies], "P", "O"),
            "creation": pa.array(created),
            "sexeUniteLegale": hidden(sex, masked),
            "prenom1_unite_legale": hidden(first_name, masked),
            "prenomUsuelUniteLegale": hidden(first_name, masked),
            "nombrePeriodesUniteLegale": pa.array(1 + ceased.astype(np.int64)),
            "categorieEntreprise": _category(employers.full_size[companies]),
            "dateDebut": pa.array(np.where(ceased, first_day(identities.radiated[companies]), created)),
            "etatAdministratifUniteLegale": chosen(ceased, "C", "A"),
            "nom_unite_legale": hidden(identities.last_name.take(rank), masked),
            "raison_sociale": hidden(identities.name.take(rank), masked),
            "categorie_juridique": identities.form.take(rank),
            **delivered(employers.activity[companies], employers.siren[companies], ceased, batch, "UniteLegale"),
            "nicSiegeUniteLegale": _nic(part.sites, _heads(part, companies, batch)),
            "caractereEmployeurUniteLegale": pa.repeat("O", len(companies)),
        }
    )


def establishments(part: Part, batch: Batch) -> pa.Table:
    """Rows of `StockEtablissement_utf8_geo.csv`."""
    employers, sites, identities = part.employers, part.sites, part.identities
    address = addresses.draw(sites.commune, part.rng("addresses"))
    rows = np.flatnonzero(sites.opens < batch.rank)
    company = sites.company[rows]
    closing, closed = _closing(part, rows, batch)
    created = opening_day(sites.opens[rows], company)
    head = np.zeros(len(sites.company), dtype=bool)
    head[_heads(part, np.flatnonzero(employers.birth < batch.rank), batch)] = True
    columns = {
        "siren": pa.array(employers.siren[company]),
        "nic": _nic(sites, rows),
        "siret": pa.array(sites.siret[rows]),
        "statut_diffusion": chosen(identities.masked[company], "P", "O"),
        "date_creation": pa.array(created),
        "etablissementSiege": chosen(head[rows], "true", "false"),
        "nombrePeriodesEtablissement": pa.array(1 + closed.astype(np.int64)),
        "dateDebut": pa.array(np.where(closed, first_day(closing), created)),
        "etatAdministratifEtablissement": chosen(closed, "F", "A"),
        **delivered(employers.activity[company], employers.siren[company], closed, batch, "Etablissement"),
        "caractereEmployeurEtablissement": pa.repeat("O", len(rows)),
    }
    abroad = sites.head[rows] & identities.foreign[company]
    return pa.table(columns | located(address.take(pa.array(rows)), identities.masked[company], abroad))


def history(part: Part, batch: Batch) -> pa.Table:
    """Rows of `StockEtablissementHistorique_utf8.csv`: the latest period of an establishment first."""
    employers, sites = part.employers, part.sites
    rows = np.flatnonzero(sites.opens < batch.rank)
    closing, closed = _closing(part, rows, batch)
    created = opening_day(sites.opens[rows], sites.company[rows])
    naf = naf_rev2(employers.activity[sites.company[rows]])
    return periods(
        siret=pa.array(sites.siret[rows]), created=created, closed=closed, closing=first_day(closing), activity=naf
    )


def periods(
    *, siret: pa.Array, created: np.ndarray, closed: Bools, closing: np.ndarray, activity: pa.Array
) -> pa.Table:
    """One period for an open establishment, two for a closed one, the latest first."""
    rank = np.repeat(np.arange(len(siret)), 1 + closed)
    first = np.r_[True, rank[1:] != rank[:-1]] if len(rank) else np.zeros(0, dtype=bool)
    shut = first & closed[rank]
    started = np.where(shut, closing[rank], created[rank])
    over = ~first
    rows = pa.array(rank)
    number = siret.take(rows)
    return pa.table(
        {
            "siren": pc.utf8_slice_codeunits(number, 0, 9),
            "nic": pc.utf8_slice_codeunits(number, 9, 14),
            "siret": number,
            "date_fin": pa.array(closing[rank] - _DAY, mask=~over),
            "date_debut": pa.array(started),
            "etatAdministratifEtablissement": chosen(shut, "F", "A"),
            "changementEtatAdministratifEtablissement": chosen(shut, "true", "false"),
            "changementEnseigneEtablissement": pa.repeat("false", len(rank)),
            "changementDenominationUsuelleEtablissement": pa.repeat("false", len(rank)),
            "activitePrincipaleEtablissement": activity.take(rows),
            "nomenclatureActivitePrincipaleEtablissement": pa.repeat("NAFRev2", len(rank)),
            "changementActivitePrincipaleEtablissement": pa.repeat("false", len(rank)),
            "changementCaractereEmployeurEtablissement": pa.repeat("false", len(rank)),
        }
    )


def _heads(part: Part, company: Ints, batch: Batch) -> Ints:
    """Head offices as the register shows them, without the changes of the month of the batch."""
    return part.sites.current(company, np.zeros(len(company), dtype=np.int64), batch.rank - 1)


def _closing(part: Part, site: Ints, batch: Batch) -> tuple[Ints, Bools]:
    """Month in which establishments close, by themselves or with their company, and whether it is known."""
    closing = np.minimum(part.sites.closes[site], part.identities.radiated[part.sites.company[site]])
    closing = np.maximum(closing, part.sites.opens[site] + 1)
    return closing, closing <= batch.rank - 1


def _nic(sites: Establishments, site: Ints) -> pa.Array:
    return pc.utf8_slice_codeunits(pa.array(sites.siret[site]), 9, 14)


def _category(full_size: Reals) -> pa.Array:
    return pa.array(np.where(full_size < 250, "PME", np.where(full_size < 2_000, "ETI", "GE")))
