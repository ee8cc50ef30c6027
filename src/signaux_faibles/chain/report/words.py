"""The facts of a run in French sentences and tables: the same for the page, the text and the screen."""

from __future__ import annotations

from datetime import datetime
from shlex import quote

from signaux_faibles.chain.report.accounts import accounts_section
from signaux_faibles.chain.report.difference import difference_sections
from signaux_faibles.chain.report.facts import PerimeterFacts, RunReport, RunState
from signaux_faibles.chain.report.files import accepted_section, files_sections, notes, rejects_section
from signaux_faibles.chain.report.model_sources import sources_section
from signaux_faibles.chain.report.nomenclature import nomenclature_section
from signaux_faibles.chain.report.page import Grid, Order, Page, Section
from signaux_faibles.chain.report.procedures import procedures_section
from signaux_faibles.chain.report.promises import broken, promises_section
from signaux_faibles.perimeter import rules
from signaux_faibles.snapshot.difference import Difference
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.wording.french import counted, day_label, moment_label, number, percent

RULES = {
    rules.HEADCOUNT: (
        f"{rules.CURRENT.threshold} salariés ou plus au moins un des {rules.CURRENT.window_months} derniers mois connus"
    ),
    rules.LIST: "demandée par le périmètre explicite du lot",
    rules.LEGAL_CATEGORY: "pas une personne publique (catégorie juridique)",
    rules.ACTIVITY: "ni administration, ni enseignement, ni finance (activité)",
    rules.HEAD_OFFICE: "siège en France",
}

CONFIDENTIAL = "Ce rapport cite des lignes de fichiers confidentiels : ne le transmettez qu'à un agent habilité."


def run_page(report: RunReport) -> Page:
    """The whole report."""
    sections = [
        _state(report),
        Section("Et maintenant", orders=_orders(report)),
        Section("À voir d'abord", tuple(_warnings(report))),
        accepted_section(report.accepted),
        *files_sections(report.files, report.run.batch, report.difference),
        _perimeter(report.perimeter),
        nomenclature_section(report.nomenclature, report.difference),
        accounts_section(report.accounts),
        procedures_section(report.procedures),
        sources_section(report.model_sources),
        promises_section(report.lists),
        *_tables(report),
        rejects_section(report.files),
    ]
    mark = "Données fictives" if report.run.fictitious else ""
    return Page(f"Lot {report.run.batch} : {report.run.state.value}", mark, tuple(s for s in sections if not s.empty))


def _state(report: RunReport) -> Section:
    outcome = report.run
    by_state = {
        RunState.PUBLISHED: f"Publié : instantané {outcome.snapshot}. Les pages le montrent.",
        RunState.READY: f"Prêt, non publié : instantané {outcome.snapshot}. {_still(report)}",
        RunState.UNFINISHED: f"Arrêt demandé après l'étape « {outcome.until} » : pas d'instantané. {_still(report)}",
        RunState.REFUSED: f"{outcome.refusal}",
    }
    sentences = [by_state[outcome.state]]
    if outcome.state is RunState.REFUSED:
        sentences.append(f"Rien n'a été publié par cette exécution. {_still(report)}")
    if outcome.manifest:
        manifest = outcome.manifest
        limits = "limité au périmètre" if manifest.filtered else "toutes les entreprises (--no-filter)"
        model = f"scores du modèle {manifest.model}" if manifest.model else "sans score : aucun modèle n'est promu"
        day = day_label(manifest.as_of)
        sentences.append(f"Date de référence {day}, moteur {manifest.engine}, {limits}, {model}.")
    if outcome.resumed:
        tables = counted(outcome.resumed, "table reprise", "tables reprises")
        sentences.append(f"{tables} d'une exécution antérieure, sans recalcul.")
    end = datetime.fromisoformat(report.at)
    sentences.append(f"Exécution finie le {moment_label(end)}. {CONFIDENTIAL}")
    return Section("État", tuple(sentences))


def _still(report: RunReport) -> str:
    if report.published is None:
        return "Aucun instantané n'est publié."
    return f"L'instantané publié reste {report.published}."


def _orders(report: RunReport) -> tuple[Order, ...]:
    outcome, home = report.run, f"--home {quote(str(report.home))}"
    if outcome.state is RunState.REFUSED:
        return (Order("Une fois la livraison corrigée", outcome.command),)
    if outcome.state is RunState.UNFINISHED:
        return (Order("Continuer jusqu'à la publication", outcome.command_to_the_end),)
    orders = []
    if outcome.state is RunState.READY:
        if report.published:
            orders.append(Order("Comparer à ce qui est publié", f"sf diff {outcome.snapshot} {home}"))
        orders.append(Order("Publier", f"sf publish --snapshot {outcome.snapshot} {home}"))
    elif report.difference:
        orders.append(Order("Revenir à l'instantané publié auparavant", f"sf rollback {home}"))
    if outcome.state is RunState.PUBLISHED and outcome.manifest and outcome.manifest.model:
        orders.append(Order("Préparer la liste du mois", f"sf list build {home}"))
    return (*orders, Order("Voir ce qui est publié", f"sf status {home}"))


def _warnings(report: RunReport) -> list[str]:
    sentences = [*_late(report.difference), *report.difference.warnings] if report.difference else []
    sentences += [*report.warnings, *notes(report.files)]
    for facts in (report.procedures, report.nomenclature):
        sentences += facts.warnings if facts else []
    sentences += broken(report.lists)
    return sentences or ([] if report.run.state is RunState.REFUSED else ["Rien d'inhabituel."])


def _late(difference: Difference) -> list[str]:
    """What to do with a batch older than the published one: pages must not go back in time unnoticed."""
    before, after = difference.before.batch, difference.after.batch
    if batch_month(after) >= batch_month(before):
        return []
    return [
        f"Ce lot est plus ancien que le lot {before}, publié auparavant. Relancez le lot {before} : il tiendra compte "
        f"de celui-ci, et c'est lui qu'il faut publier."
    ]


def _perimeter(facts: PerimeterFacts | None) -> Section:
    if facts is None:
        return Section("Périmètre")
    lines = [(one.rule, RULES[one.rule], one.kept, one.excluded) for one in facts.rules]
    lines.append(("toutes", "suivie : gardée par toutes les règles", facts.followed, facts.studied - facts.followed))
    studied = facts.studied or 1
    rows = tuple(
        (
            rule,
            sense,
            number(companies),
            percent(companies / studied, 2),
            number(excluded),
            percent(excluded / studied, 2),
        )
        for rule, sense, companies, excluded in lines
    )
    sentence = (
        f"{counted(facts.followed, 'entreprise suivie', 'entreprises suivies')} sur {number(facts.studied)} étudiées. "
        "Une entreprise peut être exclue par plusieurs règles."
    )
    headers = ("Règle", "Garde une entreprise si", "Gardées", "% gardées", "Exclues", "% exclues")
    return Section(
        "Périmètre", (sentence,), (Grid("Ce que garde chaque règle", headers, rows, frozenset({2, 3, 4, 5})),)
    )


def _tables(report: RunReport) -> list[Section]:
    if report.difference:
        return difference_sections(report.difference)
    if not report.run.manifest:
        return []
    rows = tuple((name, number(entry.rows)) for name, entry in sorted(report.run.manifest.tables.items()))
    sentence = "Aucun instantané publié auparavant : rien à comparer."
    return [
        Section("Tables", (sentence,), (Grid("Lignes de chaque table", ("Table", "Lignes"), rows, frozenset({1})),))
    ]
