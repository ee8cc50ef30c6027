"""Délais de paiement and CCSF, as Urssaf delivers them (import-chain §5.5, §5.6)."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from signaux_faibles.fictitious.files.contributions import FIRST_DEBT, euros
from signaux_faibles.fictitious.lives import urssaf_accounts as accounts
from signaux_faibles.fictitious.months import Batch
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Ints

_HALF_YEAR = 183
_FIRST_FILE = 5_856_690_000_000
_STEPS = ("DEBUT", "APPROB", "FIN")
_REFUSED = ("DEBUT", "REFUS", "REJ")


def payment_plans(part: Part, batch: Batch) -> pa.Table:
    """Rows of `sigfaible_delais.csv`: the plans decided up to the 20th."""
    plans = part.plans
    rows = np.flatnonzero((plans.created <= batch.urssaf_day) & (plans.created >= FIRST_DEBT))
    company, line, site = _place(part, rows, batch)
    created, days, draw = plans.created[rows], plans.days[rows], plans.draw[rows]
    departement = accounts.departements(part.sites, site)
    stages, weights = zip(*part.parameters.plans.stages, strict=True)
    stage = np.searchsorted(np.cumsum(weights)[:-1], draw)
    file = _FIRST_FILE + part.employers.rank[company] * 100
    name = pc.coalesce(part.identities.name, part.identities.last_name).take(pa.array(company))
    return pa.table(
        {
            "Urssaf_gestion": accounts.organisation(departement),
            "Dep": departement,
            "siret": pa.array(part.sites.siret[site]),
            "numero_compte": accounts.number(part.employers, company, line),
            "numero_contentieux": pa.array((file + rows % 100).astype(str)),
            "date_creation": pa.array(created),
            "date_echeance": pa.array(created + days.astype("timedelta64[D]")),
            "duree_delai": pa.array(days),
            "denomination": name,
            "indic_6mois": pa.array(np.where(days < _HALF_YEAR, "INF", "SUP")),
            "annee_creation": pa.array(created.astype("datetime64[Y]").astype(np.int64) + 1970),
            "montant_echeancier": euros(plans.amount[rows]),
            "stade": pa.array(stages).take(pa.array(stage)),
            "action": pa.array(np.where(plans.joint[rows], "CCSF", "SUR PO")),
        }
    )


def joint_plans(part: Part, batch: Batch) -> pa.Table:
    """Rows of `sigfaible_ccsf.csv`: a file is opened, accepted or not, closed."""
    plans, parameters = part.plans, part.parameters.plans
    joint = np.flatnonzero(plans.joint & (plans.created >= FIRST_DEBT))
    refused = plans.draw[joint] < parameters.joint_refused
    plan = np.repeat(joint, len(_STEPS))
    step = np.tile(np.arange(len(_STEPS)), len(joint))
    length = np.where(refused, 60, plans.days[joint])
    after = np.stack([np.zeros(len(joint), dtype=np.int64), np.full(len(joint), 45), 45 + length], axis=1).ravel()
    day = plans.created[plan] + after.astype("timedelta64[D]")
    stage = np.where(np.repeat(refused, len(_STEPS)), np.array(_REFUSED)[step], np.array(_STEPS)[step])
    is_delivered = day <= batch.urssaf_day
    company, line, site = _place(part, plan[is_delivered], batch)
    departement = accounts.departements(part.sites, site)
    return pa.table(
        {
            "Urssaf_gestion": accounts.organisation(departement),
            "Dep": departement,
            "siret": pa.array(part.sites.siret[site]),
            "numero_compte": accounts.number(part.employers, company, line),
            "date_traitement": pa.array(day[is_delivered]),
            "stade": pa.array(stage[is_delivered]),
            "action": pa.repeat("CCSF", int(is_delivered.sum())),
        }
    )


def _place(part: Part, plan: Ints, batch: Batch) -> tuple[Ints, Ints, Ints]:
    """Company, line of establishments and present establishment of plans: they follow the debt."""
    company = part.plans.company[plan]
    line = part.accounts.line[part.plans.gap[plan]]
    return company, line, part.sites.current(company, line, batch.rank)
