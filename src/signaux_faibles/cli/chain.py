"""`sf run`, `publish`, `rollback`, `status`, `export`: the monthly work of the data engineer (DESIGN §4)."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.deliveries import Acceptance
from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.lock import writing
from signaux_faibles.chain.plan import SCHEMAS, Step
from signaux_faibles.chain.report import batch_report, snapshot_report
from signaux_faibles.chain.run import RunOptions, run
from signaux_faibles.cli.options import HomeOption, alerts, said_in_a_sentence, screen
from signaux_faibles.snapshot.export import export, tables_of
from signaux_faibles.snapshot.home import Home
from signaux_faibles.snapshot.publication import built, history, publish, published, rollback
from signaux_faibles.sources.batch import batch_month

Engines = Annotated[str, typer.Option("--engine", help="duckdb, ou spark (extra « spark », Java 17).")]


def run_batch(
    batch: Annotated[str, typer.Argument(help="Lot, AAMM : 2610 pour octobre 2026.")],
    deliveries: Annotated[Path, typer.Option(help="Dossier des livraisons ; le lot est son sous-dossier AAMM.")],
    home: HomeOption,
    no_filter: Annotated[bool, typer.Option("--no-filter", help="Ne pas limiter les tables au périmètre.")] = False,
    until: Annotated[Step, typer.Option(help="Dernière étape à faire.")] = Step.PUBLISH,
    engine: Engines = "duckdb",
    as_of: Annotated[
        datetime | None,
        typer.Option(formats=["%Y-%m-%d"], help="Date de référence ; par défaut la fin du mois du lot."),
    ] = None,
    carry_over: Annotated[
        list[str] | None, typer.Option(help="Garder la livraison précédente de ce type. Répétable.")
    ] = None,
    accept: Annotated[
        list[str] | None, typer.Option(help="Accepter un écart : manquant:TYPE ou rejets:FICHIER. Répétable.")
    ] = None,
    reason: Annotated[str, typer.Option(help="Raison des écarts acceptés, gardée au manifeste.")] = "",
    memory_limit: Annotated[str, typer.Option(help="Mémoire du moteur.")] = "8GB",
) -> None:
    """Traite les livraisons d'un mois : lecture, périmètre, tables, instantané, publication."""
    with said_in_a_sentence():
        try:
            batch_month(batch)
        except ValueError as error:
            raise RunStopped(str(error)) from error
        if engine not in ("duckdb", "spark"):
            raise RunStopped(f"Moteur « {engine} » inconnu : duckdb ou spark.")
        options = RunOptions(
            batch=batch,
            deliveries=deliveries,
            as_of=as_of.date() if as_of else None,
            filtered=not no_filter,
            until=until,
            engine=engine,
            memory_limit=memory_limit,
            carry_over=frozenset(carry_over or ()),
            accepted=tuple(Acceptance.parse(text, reason) for text in accept or ()),
        )
        with alerts.status("Préparation") as status:
            outcome = run(options, Home(home), status.update)
        screen.print(batch_report(outcome.files))
        if outcome.manifest:
            screen.print(snapshot_report(outcome.manifest))
        screen.print(_conclusion(outcome.snapshot, outcome.published, until))


def publish_snapshot(
    home: HomeOption,
    snapshot: Annotated[
        str | None, typer.Option(help="Instantané à publier ; par défaut le dernier construit.")
    ] = None,
) -> None:
    """Publie un instantané : les pages le montrent aussitôt."""
    with said_in_a_sentence(), writing(Home(home)):
        screen.print(f"Instantané publié : {publish(Home(home), snapshot)}")


def roll_back(home: HomeOption) -> None:
    """Rétablit l'instantané publié auparavant."""
    with said_in_a_sentence(), writing(Home(home)):
        screen.print(f"Instantané rétabli : {rollback(Home(home))}")


def status(home: HomeOption) -> None:
    """Montre les instantanés, celui qui est publié et les dernières publications."""
    with said_in_a_sentence():
        place = Home(home)
        current = published(place)
        table = Table("Instantané", "Lot", "Date de référence", "Construit", "Entreprises suivies", "État")
        for manifest in built(place):
            followed = manifest.tables["clean_filter"].rows
            state = "publié" if manifest.id == current else ""
            notes = " · ".join(filter(None, [state, "Données fictives" if manifest.fictitious else ""]))
            table.add_row(manifest.id, manifest.batch, manifest.as_of, manifest.built_at, f"{followed:,}", notes)
        screen.print(
            table if table.rows else "Aucun instantané. Lancez : sf run LOT --deliveries DOSSIER --home DOSSIER."
        )
        for act in history(place)[-5:]:
            verb = "publication" if act.act == "publish" else "retour en arrière"
            screen.print(f"{act.at}  {verb}  {act.snapshot}")


def export_tables(
    destination: Annotated[Path, typer.Argument(help="Dossier à écrire ; un export précédent y est remplacé.")],
    home: HomeOption,
    snapshot: Annotated[
        str | None, typer.Option(help="Instantané à exporter ; par défaut celui qui est publié.")
    ] = None,
    candidate: Annotated[bool, typer.Option("--candidate", help="Exporter le dernier calculé, publié ou non.")] = False,
) -> None:
    """Exporte les tables propres en Parquet, avec leur manifeste."""
    with said_in_a_sentence():
        manifest = export(tables_of(Home(home), snapshot, candidate=candidate), destination, SCHEMAS)
        screen.print(f"Export écrit : {manifest.parent}")


def _conclusion(snapshot: str | None, published_now: bool, until: Step) -> str:
    if published_now:
        return f"Instantané publié : {snapshot}"
    if snapshot and until is Step.SCORE:
        return f"Instantané prêt : {snapshot}. Comparez (sf status), puis publiez : sf publish."
    return f"Arrêt demandé après l'étape « {until.value} ». La même commande reprendra où celle-ci s'arrête."
