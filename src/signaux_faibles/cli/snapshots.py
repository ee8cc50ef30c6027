"""`sf diff`, `hashes`, `publish`, `rollback`, `status`, `export`, `prune`: finished snapshots."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.intake.batch_files import damaged_batches
from signaux_faibles.chain.report.difference import difference_page
from signaux_faibles.chain.report.page import printable
from signaux_faibles.chain.report.text import on_screen
from signaux_faibles.chain.writing import writing
from signaux_faibles.cli.options import HomeOption, alerts, refusals_as_sentences, screen, warn_if_open
from signaux_faibles.home.home import Home
from signaux_faibles.home.logical_hash import logical_hashes
from signaux_faibles.home.published import history, published, readable_pointer
from signaux_faibles.snapshot.damages import damages
from signaux_faibles.snapshot.difference import difference
from signaux_faibles.snapshot.export import export, tables_of
from signaux_faibles.snapshot.pruning import prunable
from signaux_faibles.snapshot.publication import built, last_built, publish, rollback
from signaux_faibles.wording.french import day_label, moment_label, number


def compare(
    home: HomeOption,
    snapshot: Annotated[str | None, typer.Argument(help="Instantané ; par défaut le dernier construit.")] = None,
    against: Annotated[str | None, typer.Option(help="Comparer à celui-ci ; par défaut celui qui est publié.")] = None,
) -> None:
    """Compare un instantané à celui qui est publié : volumes, fraîcheur, périmètre."""
    with refusals_as_sentences():
        place = _existing(home)
        after, before = snapshot or last_built(place), against or published(place)
        if after is None or before is None:
            raise RunStopped("Il faut un instantané construit et un instantané publié (voir sf status).")
        if after == before:
            raise RunStopped(f"{after} est celui qui est publié : nommez celui auquel le comparer (--against).")
        try:
            screen.print(on_screen(difference_page(difference(place, before, after))))
        except FileNotFoundError as error:
            raise RunStopped(f"Instantané introuvable : {error.filename} (voir sf status).") from error


def hashes(
    home: HomeOption,
    snapshot: Annotated[str | None, typer.Argument(help="Instantané ; par défaut celui qui est publié.")] = None,
) -> None:
    """Calcule l'empreinte logique de chaque table : la même pour les mêmes lignes, quels que soient ordre et moteur."""
    with refusals_as_sentences():
        place = _existing(home)
        chosen = snapshot or published(place)
        if chosen is None:
            raise RunStopped("Aucun instantané publié : nommez-en un (voir sf status).")
        try:
            for name, digest in logical_hashes(place.snapshots / chosen).items():
                screen.print(f"{digest}  {name}", markup=False, highlight=False)
        except FileNotFoundError as error:
            raise RunStopped(f"Instantané introuvable : {error.filename} (voir sf status).") from error


def _existing(home: Path) -> Home:
    """A home folder that exists, so that a mistyped name does not create another one."""
    if not home.is_dir():
        raise RunStopped(f"{home} n'existe pas : vérifiez le dossier de la chaîne (--home).")
    return Home(home)


def publish_snapshot(
    home: HomeOption,
    snapshot: Annotated[
        str | None, typer.Option(help="Instantané à publier ; par défaut le dernier construit.")
    ] = None,
) -> None:
    """Publie un instantané : les pages le montrent aussitôt."""
    with refusals_as_sentences(), writing(_existing(home)):
        screen.print(f"Instantané publié : {publish(Home(home), snapshot)}")


def roll_back(home: HomeOption) -> None:
    """Rétablit l'instantané publié auparavant."""
    with refusals_as_sentences(), writing(_existing(home)):
        screen.print(f"Instantané rétabli : {rollback(Home(home))}")


def status(home: HomeOption) -> None:
    """Montre les instantanés, celui qui est publié et les dernières publications."""
    with refusals_as_sentences():
        place = Home(home)
        current = readable_pointer(place)
        table = Table("Instantané", "Lot", "Date de référence", "Construit", "Entreprises suivies", "État")
        for manifest in built(place):
            followed = manifest.tables["clean_filter"].rows if "clean_filter" in manifest.tables else 0
            state = "publié" if manifest.id == current else ""
            notes = " · ".join(filter(None, [state, "Données fictives" if manifest.fictitious else ""]))
            built_at = moment_label(datetime.fromisoformat(manifest.built_at))
            table.add_row(manifest.id, manifest.batch, day_label(manifest.as_of), built_at, number(followed), notes)
        screen.print(
            table if table.rows else "Aucun instantané. Lancez : sf run LOT --deliveries DOSSIER --home DOSSIER."
        )
        warn_if_open(place)
        for sentence in (*damages(place), *damaged_batches(place)):
            alerts.print(printable(sentence), style="yellow", markup=False)
        for act in history(place)[-5:]:
            verb = "publication" if act.act == "publish" else "retour en arrière"
            screen.print(f"{moment_label(datetime.fromisoformat(act.at))}  {verb}  {act.snapshot}")


def export_tables(
    destination: Annotated[Path, typer.Argument(help="Dossier à écrire ; un export précédent y est remplacé.")],
    home: HomeOption,
    snapshot: Annotated[
        str | None, typer.Option(help="Instantané à exporter ; par défaut celui qui est publié.")
    ] = None,
    candidate: Annotated[bool, typer.Option("--candidate", help="Exporter le dernier calculé, publié ou non.")] = False,
) -> None:
    """Exporte les tables propres en Parquet, avec leur manifeste."""
    with refusals_as_sentences():
        manifest = export(tables_of(Home(home), snapshot, candidate=candidate), destination, Home(home))
        screen.print(f"Export écrit : {manifest.parent}")


def prune(
    home: HomeOption,
    apply: Annotated[bool, typer.Option("--apply", help="Supprimer vraiment, au lieu de montrer.")] = False,
) -> None:
    """Montre, ou supprime, ce qui ne sert plus : vieux instantanés, constructions abandonnées, fichiers sans lot."""
    with refusals_as_sentences(), writing(_existing(home)):
        pruning = prunable(Home(home))
        for path in pruning.paths:
            screen.print(str(path.relative_to(home)))
        if not pruning.paths:
            screen.print("Rien à supprimer.")
            return
        size = f"{number(pruning.size / 1e6, 1)} Mo"
        if apply:
            pruning.remove()
        screen.print(f"{size} {'libérés' if apply else 'à libérer : relancez avec --apply'}.")
