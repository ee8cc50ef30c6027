"""The judgments that someone must read: not understood, not withdrawn, and settled by nothing that came later."""

# ruff: noqa: E501 (a case a line)

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.schema import TEXT, table
from signaux_faibles.tables.procedures.bodacc import BODACC_VERDICTS
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY
from signaux_faibles.tables.procedures.to_read import JUDGMENTS_TO_READ, judgments_to_read

CASES = [
    case(
        "what no rule understands, with the reason; what it does not know says so",
        verdicts="""
            siren | id | date_parution | date_jugement | type_avis | effet      | action_procol | stade_procol | motif
            X     | A1 | 2026-01-20    | 2026-01-08    | annonce   | a_lire     |               |              | la décision n'est pas nommée
            Y     | A2 | 2026-01-20    |               | annonce   |            |               |              |
            Z     | A3 | 2026-01-20    | 2026-01-08    |           | sans_effet |               |              | sanction d'une personne
            S     | A4 | 2026-01-20    | 2026-01-08    | annonce   | evenement  | sauvegarde    | ouverture    | ouverture
                  | A5 | 2026-01-20    | 2026-01-08    | annonce   |            |               |              |
        """,
        chronology="""
            siren | date_effet | action_procol | stade_procol
            S     | 2026-01-08 | sauvegarde    | ouverture
        """,
        expected="""
            siren | id | date_effet | known_at   | motif
            X     | A1 | 2026-01-08 | 2026-01-20 | la décision n'est pas nommée
            Y     | A2 | 2026-01-20 | 2026-01-20 | aucune règle ne connaît ce libellé
        """,
    ),
    case(
        "an event of a later day settles it, whichever source reports it; one of the same day does not",
        verdicts="""
            siren | id | date_parution | date_jugement | effet
            X     | B1 | 2024-01-20    | 2024-01-08    | a_lire
            Y     | B2 | 2024-01-20    | 2024-01-08    | a_lire
            Z     | B3 | 2024-01-20    | 2024-01-08    | a_lire
        """,
        chronology="""
            siren | date_effet | action_procol | stade_procol
            X     | 2025-03-04 | redressement  | fin_procedure
            Y     | 2024-01-08 | redressement  | fin_procedure
            Z     | 2023-03-04 | redressement  | ouverture
        """,
        expected="""
            siren | id
            Y     | B2
            Z     | B3
        """,
    ),
    case(
        "a later notice that names it cancels it or replaces it; a correction that nobody understands is one more to read",
        verdicts="""
            siren | id | date_parution | type_avis    | avis_precedent | effet     | action_procol | stade_procol
            X     | C1 | 2026-01-20    | annonce      |                | a_lire    |               |
            X     | C2 | 2026-02-20    | annulation   | C1             |           |               |
            Y     | C3 | 2026-01-20    | annonce      |                | a_lire    |               |
            Y     | C4 | 2026-02-20    | rectificatif | C3             | evenement | liquidation   | ouverture
            Z     | C5 | 2026-01-20    | annonce      |                | evenement | liquidation   | ouverture
            Z     | C6 | 2026-02-20    | rectificatif | C5             | a_lire    |               |
        """,
        chronology="""
            siren | date_effet | action_procol | stade_procol
            Y     | 2026-02-20 | liquidation   | ouverture
            Z     | 2026-01-20 | liquidation   | ouverture
        """,
        expected="""
            siren | id
            Z     | C6
        """,
    ),
    case(
        "the undoing of what nobody finds is to be read; one that names a notice that was never delivered undoes nothing",
        verdicts="""
            siren | id | date_parution | type_avis  | avis_precedent | effet      | action_procol | stade_procol
            X     | D1 | 2026-02-20    | annulation |                |            |               |
            Y     | D2 | 2026-02-20    | annonce    |                | retrait    | liquidation   | ouverture
            Z     | D3 | 2026-02-20    | annulation | D0             |            |               |
            S     | D4 | 2026-02-20    | annonce    | D0             | retrait    | liquidation   | ouverture
        """,
        expected="""
            siren | id | motif
            X     | D1 | défait une décision que l'on ne retrouve pas
            Y     | D2 | défait une décision que l'on ne retrouve pas
            S     | D4 | défait une décision que l'on ne retrouve pas
        """,
    ),
    case(
        "a retraction that found the opening that it undoes leaves nothing to read",
        verdicts="""
            siren | id | date_parution | date_jugement | effet     | action_procol | stade_procol
            X     | E1 | 2026-01-20    | 2026-01-08    | evenement | liquidation   | ouverture
            X     | E2 | 2026-02-20    | 2026-02-08    | retrait   | liquidation   | ouverture
        """,
        expected="""
            siren | id
        """,
    ),
    case(
        "a cancellation of a cancellation brings nobody knows what back",
        verdicts="""
            siren | id | date_parution | type_avis  | avis_precedent | effet     | action_procol | stade_procol
            X     | F1 | 2026-01-20    | annonce    |                | evenement | liquidation   | ouverture
            X     | F2 | 2026-02-20    | annulation | F1             |           |               |
            X     | F3 | 2026-03-20    | annulation | F2             |           |               |
        """,
        expected="""
            siren | id
            X     | F3
        """,
    ),
    case(
        "an act says that a procedure is in progress: without any event by its day, its opening is missing",
        verdicts="""
            siren | id | date_parution | date_jugement | effet      | stade_procol
            X     | G1 | 2026-01-20    | 2026-01-08    | sans_effet | acte
            Y     | G2 | 2026-01-20    | 2026-01-08    | sans_effet | acte
            Z     | G3 | 2026-01-20    | 2026-01-08    | sans_effet | acte
            S     | G4 | 2026-01-20    | 2026-01-08    | sans_effet | acte
        """,
        chronology="""
            siren | date_effet | action_procol | stade_procol
            Y     | 2020-02-08 | liquidation   | ouverture
            Z     | 2026-02-08 | liquidation   | ouverture
            S     | 2026-02-09 | liquidation   | ouverture
        """,
        expected="""
            siren | id | motif
            X     | G1 | acte d'une procédure dont l'ouverture n'est pas connue
        """,
    ),
    case(
        "an end that does not speak of the plan in progress leaves it to be read, unless Urssaf says the same",
        verdicts="""
            siren | id | date_parution | date_jugement | effet     | action_procol | stade_procol  | nature                                        | complement
            X     | I1 | 2025-05-20    | 2025-05-08    | evenement | redressement  | fin_procedure | Jugement mettant fin à la procédure           |
            Y     | I2 | 2025-05-20    | 2025-05-08    | evenement | redressement  | fin_procedure | Autre jugement et ordonnance                  | achèvement du PLAN de redressement
            Z     | I3 | 2025-05-20    | 2025-05-08    | evenement | sauvegarde    | fin_procedure | Jugement de clôture de la procédure           |
            S     | I4 | 2025-05-20    | 2025-05-08    | evenement | redressement  | fin_procedure | Jugement mettant fin à la procédure           |
            T     | I5 | 2025-05-20    | 2025-05-08    | evenement | redressement  | fin_procedure | Jugement mettant fin à la procédure           |
        """,
        chronology="""
            siren | date_effet | action_procol | stade_procol      | id_bodacc | date_bodacc | date_urssaf
            X     | 2025-05-08 | redressement  | plan_continuation | I0        | 2025-05-08  |
            X     | 2025-05-08 | redressement  | fin_procedure     | I1        | 2025-05-08  |
            Y     | 2024-05-08 | redressement  | plan_continuation | I0        | 2024-05-08  |
            Y     | 2025-05-08 | redressement  | fin_procedure     | I2        | 2025-05-08  |
            Z     | 2015-05-08 | sauvegarde    | plan_continuation | I0        | 2015-05-08  |
            Z     | 2025-05-08 | sauvegarde    | fin_procedure     | I3        | 2025-05-08  |
            S     | 2024-05-08 | redressement  | plan_continuation | I0        | 2024-05-08  |
            S     | 2025-05-08 | redressement  | fin_procedure     | I4        | 2025-05-08  | 2025-05-10
            T     | 2020-05-08 | redressement  | plan_continuation | I0        | 2020-05-08  |
            T     | 2022-05-08 | redressement  | fin_procedure     | I6        | 2022-05-08  |
            T     | 2024-05-08 | redressement  | ouverture         | I7        | 2024-05-08  |
            T     | 2025-05-08 | redressement  | fin_procedure     | I5        | 2025-05-08  |
        """,
        expected="""
            siren | id | motif
            X     | I1 | fin d'une procédure dont le plan était en cours : rien ne dit que le plan est fini
        """,
    ),
    case(
        "a record that was refused is to be read, until some delivery has that notice right: no event settles it",
        verdicts="""
            siren | id | date_parution | date_jugement | effet     | action_procol | stade_procol
            Y     | H2 | 2026-01-20    | 2026-01-08    | evenement | sauvegarde    | ouverture
        """,
        refused="""
            siren | id | motif
            X     | H1 | jugement n'est pas un objet JSON
            X     | H1 | jugement n'est pas un objet JSON
            Y     | H2 | jugement n'est pas un objet JSON
            Z     |    | Dt_effet n'est pas une date
                  | H3 | id est vide
        """,
        chronology="""
            siren | date_effet | action_procol | stade_procol
            X     | 2026-02-08 | redressement  | fin_procedure
            Y     | 2026-01-08 | sauvegarde    | ouverture
        """,
        expected="""
            siren | id | date_effet | motif
            X     | H1 |            | jugement n'est pas un objet JSON
            Z     |    |            | Dt_effet n'est pas une date
        """,
    ),
]

REFUSED = table("refused", ("siren",), "", siren=TEXT, id=TEXT, motif=TEXT)


@on_every_engine
def test_what_must_be_read(engine):
    inputs = {"verdicts": BODACC_VERDICTS, "chronology": PROCEDURES_CHRONOLOGY, "refused": REFUSED}
    check(engine, judgments_to_read, CASES, inputs=inputs, output=JUDGMENTS_TO_READ)
