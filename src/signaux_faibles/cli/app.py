"""The `sf` command: each sub-command is declared here and written in the module of its subject."""

from __future__ import annotations

import typer

from signaux_faibles.cli import (
    backtesting,
    demo,
    detection,
    digest,
    disputes,
    documentation,
    explaining,
    gathering,
    invention,
    journal,
    parsing,
    past_lists,
    purging,
    running,
    serving,
    snapshots,
)
from signaux_faibles.cli.accounts import opening, review, sealing
from signaux_faibles.cli.actions import announcing, exporting, importing, protocols
from signaux_faibles.cli.bench import chain as benchmark
from signaux_faibles.home.home import write_privately

app = typer.Typer(
    help="Signaux Faibles : de la livraison mensuelle à la liste des entreprises à risque.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def prepare() -> None:
    """Signaux Faibles : de la livraison mensuelle à la liste des entreprises à risque."""
    write_privately()


app.command("parse")(parsing.parse)
app.command("fuzz")(parsing.fuzz_reader)
app.command("docs")(documentation.write_documentation)
app.command("gather")(gathering.gather_files)
app.command("run")(running.run_batch)
app.command("diff")(snapshots.compare)
app.command("publish")(snapshots.publish_snapshot)
app.command("rollback")(snapshots.roll_back)
app.command("status")(snapshots.status)
app.command("explain")(explaining.explain_table)
app.command("export")(snapshots.export_tables)
app.command("export-actions")(exporting.export_actions)
app.command("hashes")(snapshots.hashes)
app.command("prune")(snapshots.prune)
app.command("invent")(invention.invent_country)
app.command("serve")(serving.serve_application)
app.add_typer(benchmark.bench, name="bench")
app.command("train")(detection.train)
app.command("backtest")(backtesting.run_backtest)
app.command("promote")(detection.promote)
app.command("digest")(digest.digest)
app.command("purge")(purging.purge)
app.command("demo")(demo.demo)

lists = typer.Typer(help="Listes : brouillon, publication, retrait, reprise.", no_args_is_help=True)
lists.command("build")(detection.list_build)
lists.command("publish")(detection.list_publish)
lists.command("withdraw")(detection.list_withdraw)
lists.command("import")(past_lists.list_import)
lists.command("show")(detection.list_show)
app.add_typer(lists, name="list")
opening.accounts.command("review")(review.review)
opening.accounts.command("confirm")(review.confirm)
opening.accounts.command("close-idle")(review.close_idle)
opening.accounts.command("reseal")(sealing.reseal)
app.add_typer(opening.accounts, name="account")
app.add_typer(importing.imports, name="import")
app.add_typer(protocols.protocols, name="protocol")
app.add_typer(announcing.announcements, name="announce")
app.add_typer(disputes.disputes, name="dispute")
app.add_typer(journal.journal, name="journal")
app.command("unlocks")(disputes.unlocks)
