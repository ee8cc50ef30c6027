"""Every wording of a judgment met in BODACC, with the verdict of the rules."""

# ruff: noqa: E501 (a case a line)

import pyarrow as pa
import pytest

from harness.rules import on_every_engine
from signaux_faibles.sources.bodacc.bodacc import BODACC
from signaux_faibles.tables.procedures import bodacc_rules
from signaux_faibles.tables.procedures.bodacc import BODACC_VERDICTS, bodacc_verdicts
from signaux_faibles.tables.procedures.bodacc_rules import EVENT, WITHDRAWAL, rules

NATURES = """
arret de la cour d'appel infirmant une decision soumise a publicite | a_lire
arrets divers | a_lire
autre arret de la cour d'appel | a_lire
autre avis de depot | sans_effet
autre jugement d'ouverture | a_lire
autre jugement de cloture | a_lire
autre jugement de liquidation des biens | sans_effet
autre jugement et ordonnance | a_lire
autre jugement prononcant | a_lire
autre retractation sur tierce opposition | a_lire
autres avis de depot | sans_effet
autres jugements et ordonnances | a_lire
depot de l'etat de collocation | sans_effet
depot de l'etat des creances | sans_effet
depot de l'etat des creances et du projet de repartition | sans_effet
depot de l'etat des creances loi de 1985 | sans_effet
depot du projet de repartition | sans_effet
jugement accordant un delai pour deposer la liste des creances | sans_effet
jugement arretant le plan de sauvegarde | sauvegarde plan_continuation
jugement arretant le plan de sauvegarde acceleree | sauvegarde plan_continuation
jugement arretant le plan de sauvegarde financiere acceleree | sauvegarde plan_continuation
jugement arretant un plan de cession | redressement plan_cession
jugement autorisant la reprise des poursuites individuelles des creanciers | sans_effet
jugement d'extension d'une procedure de redressement judiciaire | redressement ouverture < sauvegarde
jugement d'extension d'une procedure de sauvegarde | sauvegarde ouverture
jugement d'extension de liquidation judiciaire | liquidation ouverture < redressement sauvegarde
jugement d'homologation de l'accord | sans_effet
jugement d'interdiction de gerer | sans_effet
jugement d'interdiction de gerer loi de 1985 | sans_effet
jugement d'ouverture d'une procedure de redressement judiciaire | redressement ouverture < sauvegarde
jugement d'ouverture d'une procedure de sauvegarde | sauvegarde ouverture
jugement d'ouverture d'une procedure de sauvegarde acceleree | sauvegarde ouverture
jugement d'ouverture d'une procedure de sauvegarde financiere acceleree | sauvegarde ouverture
jugement d'ouverture de liquidation judiciaire | liquidation ouverture < redressement sauvegarde
jugement de cloture de la liquidation des biens pour extinction du passif | sans_effet
jugement de cloture de la liquidation des biens pour insuffisance d'actif | sans_effet
jugement de cloture de la procedure de sauvegarde | sauvegarde fin_procedure
jugement de cloture pour extinction du passif | liquidation fin_procedure < redressement sauvegarde
jugement de cloture pour insuffisance d'actif | liquidation fin_procedure < redressement sauvegarde
jugement de cloture pour insuffisance d'actif et autorisant la reprise des poursuites individuelles | liquidation fin_procedure < redressement sauvegarde
jugement de conversion en liquidation judiciaire | liquidation ouverture < redressement sauvegarde
jugement de conversion en liquidation judiciaire de la procedure de sauvegarde | liquidation ouverture < redressement sauvegarde
jugement de conversion en liquidation judiciaire de la procedure de sauvegarde financiere acceleree | liquidation ouverture < redressement sauvegarde
jugement de conversion en redressement judiciaire de la procedure de sauvegarde | redressement ouverture < sauvegarde
jugement de conversion en redressement judiciaire de la procedure de sauvegarde financiere acceleree | redressement ouverture < sauvegarde
jugement de designation des organes de la procedure | sans_effet
jugement de faillite personnelle | sans_effet
jugement de faillite personnelle loi de 1985 | sans_effet
jugement de plan de redressement | redressement plan_continuation
jugement de reprise de la procedure de liquidation judiciaire | liquidation ouverture
jugement de resolution de l'accord homologue | sans_effet
jugement mettant fin a la procedure de redressement judiciaire | redressement fin_procedure
jugement mettant fin a la procedure de sauvegarde | sauvegarde fin_procedure
jugement mettant fin a la procedure de sauvegarde acceleree | sauvegarde fin_procedure
jugement mettant fin a la procedure de sauvegarde financiere acceleree | sauvegarde fin_procedure
jugement modifiant la date de cessation des paiements | sans_effet
jugement modifiant le plan de cession | sans_effet
jugement modifiant le plan de continuation | sans_effet
jugement modifiant le plan de redressement | sans_effet
jugement modifiant le plan de sauvegarde | sans_effet
jugement modifiant le plan de sauvegarde financiere acceleree | sans_effet
jugement prononcant la cloture de la procedure de retablissement professionnel | sans_effet
jugement prononcant la resolution du plan de cession | sans_effet
jugement prononcant la resolution du plan de cession et la liquidation judiciaire | liquidation ouverture < redressement sauvegarde
jugement prononcant la resolution du plan de redressement | redressement fin_procedure
jugement prononcant la resolution du plan de redressement et la liquidation judiciaire | liquidation ouverture < redressement sauvegarde
jugement prononcant la resolution du plan de sauvegarde | sauvegarde fin_procedure
jugement prononcant la resolution du plan de sauvegarde acceleree et la liquidation judiciaire | liquidation ouverture < redressement sauvegarde
jugement prononcant la resolution du plan de sauvegarde et la liquidation judiciaire | liquidation ouverture < redressement sauvegarde
jugement prononcant la resolution du plan de sauvegarde et le redressement judiciaire | redressement ouverture < sauvegarde
jugement prononcant la resolution du plan de sauvegarde financiere acceleree et la liquidation judiciaire | liquidation ouverture < redressement sauvegarde
jugement prononcant la resolution du plan de sauvegarde financiere acceleree et le redressement judiciaire | redressement ouverture < sauvegarde
liste des creances nees apres le jugement d'ouverture d'une procedure de liquidation judiciaire | sans_effet
liste des creances nees apres le jugement d'ouverture d'une procedure de redressement judiciaire | sans_effet
ordonnance statuant sur les contestations du projet de repartition | sans_effet
retractation de jugement d'ouverture sur tierce opposition | retrait *
retractation de prononce de liquidation judiciaire sur tierce opposition | retrait liquidation
retractation de prononce de redressement judiciaire sur tierce opposition | retrait redressement
"""
"""The natures met, without capitals nor accents: nature | verdict. « < » tells what the judgment absorbs."""

AS_PUBLISHED = """
Jugement d'ouverture de liquidation judiciaire | liquidation ouverture < redressement sauvegarde
JUGEMENT DE CLÔTURE POUR INSUFFISANCE D’ACTIF | liquidation fin_procedure < redressement sauvegarde
 Rétractation  de jugement d'ouverture sur tierce opposition | retrait *
Jugement arrêtant le plan de sauvegarde financière accélérée | sauvegarde plan_continuation
Jugement prononçant la résolution du plan de continuation | redressement fin_procedure
Jugement d'un genre nouveau | ?
| ?
"""

FAMILIES = """
Avis de dépôt | Jugement d'ouverture de liquidation judiciaire | sans_effet
Extrait de jugement | Jugement de plan de redressement | sans_effet
Loi de 1967 | Jugement de clôture pour insuffisance d'actif | sans_effet
Jugement d'ouverture | Jugement d'ouverture de liquidation judiciaire | liquidation ouverture < redressement sauvegarde
"""

COMPLEMENTS = """
Autre jugement d'ouverture | prononçant la réouverture de la liquidation judiciaire | liquidation ouverture < redressement sauvegarde
Autre jugement d'ouverture | un redressement judiciaire | redressement ouverture < sauvegarde
Autre jugement prononçant | une procédure de sauvegarde | sauvegarde ouverture
Autre jugement prononçant | liquidation judiciaire, clôture à examiner sous six mois | liquidation ouverture < redressement sauvegarde
Autre jugement prononçant | prononçant la clôture de la liquidation judiciaire | liquidation fin_procedure < redressement sauvegarde
Autre jugement prononçant | le plan de redressement judiciaire | a_lire
Autre jugement prononçant | le remplacement du liquidateur de la liquidation judiciaire | a_lire
Autre jugement prononçant | la prolongation de la période d'observation du redressement judiciaire | a_lire
Autre jugement prononçant | le rejet de la demande d'ouverture d'une liquidation judiciaire | a_lire
Autre jugement prononçant | la clôture de la procédure de redressement judiciaire | redressement fin_procedure
Autre jugement prononçant | mettant fin à la procédure de redressement judiciaire et ouvrant une liquidation judiciaire | liquidation ouverture < redressement sauvegarde
Autre jugement prononçant | mettant fin à la procédure de sauvegarde | sauvegarde fin_procedure
Autre jugement de clôture | de la liquidation judiciaire | liquidation fin_procedure < redressement sauvegarde
Autre jugement de clôture | du redressement judiciaire | redressement fin_procedure
Autre jugement de clôture | de la sauvegarde | sauvegarde fin_procedure
Jugement arrêtant un plan de cession | dans la liquidation judiciaire | liquidation plan_cession
Jugement arrêtant un plan de cession | dans le redressement judiciaire | redressement plan_cession
Jugement de plan de redressement | arrêtant le plan de cession | redressement plan_cession
Jugement de plan de redressement | arrêtant un plan de continuation | redressement plan_continuation
Arrêt de la cour d'appel infirmant une décision soumise à publicité | la liquidation judiciaire | retrait liquidation
Arrêt de la cour d'appel infirmant une décision soumise à publicité | le redressement judiciaire | retrait redressement
Autre rétractation sur tierce opposition | de la procédure de sauvegarde | retrait sauvegarde
"""


def cases() -> list[tuple[str | None, str | None, str | None, str]]:
    """Famille, nature, complement, verdict."""
    two = [line.split("|") for text in (NATURES, AS_PUBLISHED) for line in text.strip("\n").splitlines()]
    named = [line.split(" | ") for line in FAMILIES.strip().splitlines()]
    completed = [line.split(" | ") for line in COMPLEMENTS.strip().splitlines()]
    return [
        *((None, nature.strip("\n") or None, None, verdict.strip()) for nature, verdict in two),
        *((family, nature, None, verdict) for family, nature, verdict in named),
        *((None, nature, complement, verdict) for nature, complement, verdict in completed),
    ]


def told(row: dict[str, str | None]) -> str:
    """A verdict in the words of the tables above."""
    if row["effet"] == EVENT:
        absorbed = f" < {row['absorbe']}" if row["absorbe"] else ""
        return f"{row['action_procol']} {row['stade_procol']}{absorbed}"
    if row["effet"] == WITHDRAWAL:
        return f"retrait {row['action_procol'] or '*'}"
    return row["effet"] or "?"


@on_every_engine
def test_every_wording_has_its_verdict(engine):
    given = [
        {"siren": "100000001", "id": f"A{n:04d}", "famille": famille, "nature": nature, "complement": complement,
         "batch": "2601", "file": "f.json", "line": n}
        for n, (famille, nature, complement, _) in enumerate(cases())
    ]  # fmt: skip
    staged = engine.from_arrow(pa.Table.from_pylist(given, schema=BODACC.staging.arrow))
    found = engine.collect(bodacc_verdicts(staged), BODACC_VERDICTS).to_pylist()
    assert [(row["nature"], row["complement"], told(row)) for row in found] == [
        (nature, complement, verdict) for _, nature, complement, verdict in cases()
    ]
    never = {rule.number for rule in rules()} - {row["regle"] for row in found}
    assert not never, "every rule reads a wording that was met"


def test_the_natures_met_are_all_there():
    assert len(NATURES.strip().splitlines()) == 78


def test_the_rules_speak_the_vocabulary_of_procol():
    assert {rule.action for rule in rules()} == {"liquidation", "redressement", "sauvegarde", None}
    assert {rule.stage for rule in rules()} == {
        "ouverture", "plan_continuation", "plan_cession", "fin_procedure", None,
    }  # fmt: skip
    assert all(rule.reason for rule in rules())
    assert [rule.number for rule in rules()] == list(range(1, len(rules()) + 1))


@pytest.mark.parametrize("line", [{"effet": "sans_effet"}, {"nature": "jugement", "effet": "peut-être"}])
def test_a_rule_that_says_nothing_is_refused(line):
    empty = dict.fromkeys(("famille", "nature", "complement", "effet", "action", "stade", "absorbe", "motif"), "")
    with pytest.raises(ValueError, match="rule 1"):
        bodacc_rules._rule(1, empty | line)
