"""The report of a run: what a data engineer reads at night, and forwards."""

import shlex
import shutil
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from harness.deliveries import DEBIT_HEADER, FOLLOWED, debit
from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.chain.intake.acceptance import Acceptance
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.report import text as report_text
from signaux_faibles.chain.report.difference import difference_page
from signaux_faibles.chain.report.facts import SHOWN, RuleCount, RunState
from signaux_faibles.chain.report.html import as_html
from signaux_faibles.chain.report.page import Grid, Order, Page, Section, cell, excerpt, printable
from signaux_faibles.chain.report.text import as_text
from signaux_faibles.chain.report.words import run_page
from signaux_faibles.chain.report.writing import report_files, reported_run
from signaux_faibles.chain.writing import writing
from signaux_faibles.cli import app
from signaux_faibles.sources.discovery import FICTITIOUS_MARK

HOSTILE = "</td></table><script>alert(1)</script><img src=x onerror=alert(2)>\x1b]0,title\x07\u202egnp.exe&lt"
GOOD = debit(f"{FOLLOWED}00001", "101", 1, "1251218", 10000, 25050)
BAD = debit(HOSTILE, "102", 1, "1251218", 1, 1)


def report(chain, batch, **options):
    return reported_run(RunOptions(batch, chain.deliveries, **options), chain.home)


def written(chain, batch):
    folder = chain.home.reports
    return (folder / f"{batch}.html").read_text("utf-8"), (folder / f"{batch}.txt").read_text("utf-8")


ACCEPTED = (Acceptance.parse("rejets:sigfaible_debits.csv", "vu avec l'Urssaf"),)


def deliver_february(chain):
    """A month with many rejects, an unknown file, and no headcounts, which are not due."""
    folder = chain.deliver("2602", sigfaible_debits="\n".join([DEBIT_HEADER, GOOD, *[BAD] * 25]))
    (folder / "sigfaible_effectif_siren.csv").unlink()
    (folder / "notes.docx").write_text("x")


@pytest.fixture(scope="module")
def february(template, tmp_path_factory):
    """The chain and the facts of that month, its rejects accepted; nothing is run there again."""
    root = tmp_path_factory.mktemp("february")
    shutil.copytree(template.deliveries, root / "deliveries")
    shutil.copytree(template.home.root, root / "home")
    chain = type(template)(root)
    deliver_february(chain)
    return chain, report(chain, "2602", accepted=ACCEPTED)


class TextsOfAPage(HTMLParser):
    """The texts of a page, cell by cell, and the tags that it is made of."""

    BLOCKS = ("h1", "h2", "p", "caption", "th", "td", "code")

    def __init__(self, page):
        super().__init__()
        self.texts, self.tags, self.attributes = [], set(), set()
        self._open = None
        self.feed(page)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attributes}
        if tag in self.BLOCKS:
            self._open = []

    def handle_data(self, text):
        if self._open is not None:
            self._open.append(text)

    def handle_endtag(self, tag):
        if tag in self.BLOCKS and self._open is not None:
            self.texts.append("".join(self._open))
            self._open = None


class TestFacts:
    def test_rejects_are_counted_and_the_first_ones_shown(self, february):
        facts = february[1]
        (debits,) = [file for file in facts.files if file.staged.type == "debit"]
        assert [one.line for one in debits.rejects] == list(range(3, 23))
        assert debits.all_rejects.exists()
        (grid,) = section(facts, "Rejets").grids
        assert grid.caption == f"sigfaible_debits.csv : 25 rejets sur 26 lignes. Tous : {debits.all_rejects}"

    def test_a_carried_file_reports_its_batch_and_its_age(self, february):
        (headcounts,) = [f for f in february[1].files if f.age]
        assert (headcounts.staged.type, headcounts.batch, headcounts.age) == ("effectif_ent", "2601", 1)
        assert not headcounts.due
        assert "reporté du lot 2601, pas encore dû" in written(february[0], "2602")[0]

    def test_a_due_file_carried_by_decision_is_said_first(self, january):
        january.deliver("2602")
        facts = report(january, "2602", carry_over=frozenset({"debit"}), until=Stage.STAGING)
        assert (
            "debit : attendu et absent, repris du lot 2601 par décision." in section(facts, "À voir d'abord").sentences
        )
        assert "reporté du lot 2601, par décision" in written(january, "2602")[0]

    def test_an_accepted_breach_is_reported_with_its_reason(self, february):
        facts = february[1]
        (grid,) = section(facts, "Écarts acceptés").grids
        assert grid.rows == (("rejets", "sigfaible_debits.csv", "vu avec l'Urssaf"),)

    def test_what_was_not_read_is_a_warning(self, february):
        said = section(february[1], "À voir d'abord").sentences
        assert any(sentence.startswith("notes.docx : fichier laissé de côté") for sentence in said)
        assert any(sentence.startswith("sigfaible_debits.csv : 96,15\u00a0% de rejets") for sentence in said)

    def test_the_perimeter_reports_what_each_rule_keeps(self, january):
        facts = report(january, "2601")
        perimeter = facts.perimeter
        assert (perimeter.studied, perimeter.followed) == (4, 1)
        assert perimeter.rules == (
            RuleCount("categorie_juridique", 3, 1),
            RuleCount("effectif", 3, 1),
            RuleCount("siege", 3, 1),
            RuleCount("activite", 4, 0),
        )
        (grid,) = section(facts, "Périmètre").grids
        assert grid.rows[-1][2:] == ("1", "25,00\u00a0%", "3", "75,00\u00a0%")

    def test_a_month_is_compared_with_the_one_published_before_even_when_run_again(self, january):
        january.deliver("2602")
        first, again = report(january, "2602"), report(january, "2602")
        assert first.difference.before.batch == again.difference.before.batch == "2601"
        assert (first.run.state, again.run.state) == (RunState.PUBLISHED, RunState.PUBLISHED)

    def test_a_late_batch_is_not_to_be_published(self, january):
        january.deliver("2512")
        said = section(report(january, "2512", until=Stage.SCORE), "À voir d'abord").sentences
        assert said[0].startswith("Ce lot est plus ancien que le lot 2601, publié auparavant. Relancez le lot 2601")

    def test_the_first_month_has_nothing_to_be_compared_with(self, january):
        facts = report(january, "2601")
        assert facts.difference is None
        assert section(facts, "Tables").sentences == ("Aucun instantané publié auparavant : rien à comparer.",)
        state = section(replace(facts, at="2026-03-01T07:05:00+00:00"), "État").sentences
        assert state[1].startswith("Date de référence 31 janvier 2026, moteur duckdb")
        assert "Exécution finie le 1er mars 2026 à 07:05 (UTC)." in state[-1]

    @pytest.mark.parametrize("mark", [True, False])
    def test_invented_data_are_marked_everywhere(self, chain, mark):
        folder = chain.deliver("2601")
        if mark:
            (folder / FICTITIOUS_MARK).write_text("x")
        report(chain, "2601", until=Stage.STAGING)
        for text in written(chain, "2601"):
            assert ("Données fictives" in text) == mark


def section(facts, title):
    return next(one for one in run_page(facts).sections if one.title == title)


class TestState:
    @pytest.mark.parametrize(
        ("until", "state"),
        [
            (Stage.PERIMETER, RunState.UNFINISHED),
            (Stage.SCORE, RunState.READY),
            (Stage.PUBLISH, RunState.PUBLISHED),
        ],
    )
    def test_the_commands_of_a_report_can_be_typed(self, january, until, state):
        january.deliver("2602")
        facts = report(january, "2602", until=until, carry_over=frozenset({"delai"}))
        assert facts.run.state is state
        orders = section(facts, "Et maintenant").orders
        assert orders
        for order in orders:
            name, *arguments = shlex.split(order.command)
            assert name == "sf"
            done = CliRunner().invoke(app, arguments)
            assert done.exit_code == 0, done.output

    def test_the_command_to_type_again_holds_every_option(self, january):
        facts = report(
            january, "2601", filtered=False, as_of=date(2026, 2, 28), until=Stage.STAGING,
            accepted=(Acceptance.parse("manquant:delai", "l'Urssaf livrera lundi"),), memory_limit="2GB",
        )  # fmt: skip
        assert shlex.split(facts.run.command)[7:] == [
            "--no-filter", "--until", "staging", "--as-of", "2026-02-28", "--memory-limit", "2GB",
            "--accept", "manquant:delai", "--reason", "l'Urssaf livrera lundi",
        ]  # fmt: skip

    def test_a_refused_run_leaves_its_sentence_and_the_rejects(self, january):
        deliver_february(january)
        with pytest.raises(RunStopped) as refusal:
            report(january, "2602")
        page, text = written(january, "2602")
        texts = TextsOfAPage(page).texts
        assert texts[0] == "Lot 2602 : refusé"
        assert str(refusal.value) in texts
        assert any("L'instantané publié reste 2601-" in one for one in texts)
        assert len([one for one in texts if "n'est pas un SIRET" in one]) == SHOWN
        assert "Lot 2602 : refusé" in text

    def test_a_missing_file_leaves_a_report_too(self, january):
        (january.deliver("2602") / "sigfaible_debits.csv").unlink()
        with pytest.raises(RunStopped):
            report(january, "2602")
        assert "--carry-over debit" in written(january, "2602")[1]

    def test_a_missing_file_under_another_name_is_recognised(self, january):
        folder = january.deliver("2602")
        (folder / "sigfaible_debits.csv").rename(folder / "sigfaible_debit.csv")
        with pytest.raises(RunStopped, match=r"sigfaible_debit\.csv : fichier inconnu.*proche : sigfaible_debits\.csv"):
            report(january, "2602")

    def test_a_run_refused_because_another_works_leaves_the_report_of_the_other(self, january):
        report(january, "2601")
        before = written(january, "2601")
        with writing(january.home), pytest.raises(RunStopped):
            report(january, "2601", until=Stage.STAGING)
        assert written(january, "2601") == before

    def test_the_files_are_whole_and_alone(self, january):
        facts = report(january, "2601")
        assert sorted(january.home.reports.iterdir()) == sorted(report_files(facts))


class TestPresentations:
    def test_hostile_content_stays_content(self, february):
        page, text = written(february[0], "2602")
        read = TextsOfAPage(page)
        assert not read.tags & {"script", "img"}
        assert not any(name.startswith("on") for name in read.attributes)
        assert any("<script>alert(1)</script>" in cell for cell in read.texts)
        for content in (page, text):
            assert not any(control in content for control in "\x1b\x07\u202e")
        assert "<U+001B>" in text

    def test_the_page_loads_nothing(self, january):
        report(january, "2601")
        page = written(january, "2601")[0]
        assert not TextsOfAPage(page).attributes & {"src", "href"}
        assert "default-src 'none'" in page.split("<style>")[0]

    def test_both_say_the_same(self, february, monkeypatch):
        monkeypatch.setattr(report_text, "WIDTH", 2000)  # so that no cell is folded
        page, text = as_html(run_page(february[1])), as_text(run_page(february[1]))
        reported = TextsOfAPage(page).texts
        assert len(reported) > 100
        assert [one for one in reported if one not in text] == []
        assert sum(map(len, map(str.split, reported))) == len([w for w in text.split() if set(w) != {"─"}])

    @given(st.lists(st.text(), min_size=7, max_size=7))
    def test_any_text_comes_out_as_it_came_in(self, texts):
        title, head, said, caption, cell, purpose, command = texts
        grid = Grid(caption, (head, "n"), ((cell, "1"),), frozenset({1}))
        page = Page(title, "", (Section(head, (said,), (grid,), (Order(purpose, command),)),))
        shown = [title, head, said, caption, head, "n", cell, "1", f"{purpose} :", command]
        assert TextsOfAPage(as_html(page)).texts == [printable(text) for text in shown]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (cell(1204), "1\u202f204"),
        (cell(0), "0"),
        (cell(date(2026, 3, 1)), "1er mars 2026"),
        (cell(None), ""),
        (printable("é « œ » 12\u202f000\u00a0€"), "é « œ » 12\u202f000\u00a0€"),
        (printable("a\tb\nc\x00\udcff\u2028"), "a<U+0009>b<U+000A>c<U+0000><U+DCFF><U+2028>"),
        (excerpt("x" * 301), "x" * 300 + "…"),
    ],
)
def test_how_values_are_spelled(shown, expected):
    assert shown == expected


def test_a_difference_says_that_data_are_invented_and_what_changed(february):
    difference = february[1].difference
    page = difference_page(replace(difference, after=replace(difference.after, fictitious=True)))
    assert (page.mark, difference_page(difference).mark) == ("Données fictives", "")
    text = "\n".join(sentence for one in page.sections for sentence in one.sentences)
    assert "Périmètre : 0 entreprise entre, 0 sort, " in text
    assert [one.title for one in page.sections] == ["À voir d'abord", "Tables", "Fraîcheur"]
