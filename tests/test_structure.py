"""The house rules that a program can check (ARCHITECTURE.md)."""

import ast
import re
import tomllib
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "signaux_faibles"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if "migrations" not in path.parts)
LONGEST_FILE = 300
LONGEST_FUNCTION = 40


def named(path):
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_module_has_one_subject_and_says_it(module):
    text = module.read_text(encoding="utf-8")
    tree = ast.parse(text)
    assert text.count("\n") <= LONGEST_FILE, "a file of one subject stays short"
    if tree.body:
        assert ast.get_docstring(tree), "a module says what it is"
    assert not re.search(r"\b(TODO|FIXME|XXX|NotImplementedError)\b", text)
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or 0) - node.lineno + 1 - len((ast.get_docstring(node) or "").splitlines())
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_no_name_hides_its_subject(module):
    assert module.stem not in {"utils", "util", "helpers_", "common", "misc", "tools", "base"}


ASKED_BY_DJANGO = {"Command", "Meta", "Migration"}
"""Django looks for classes of these names."""


def test_a_public_class_has_a_name_of_its_own():
    """A name read in a signature, or found by a search, leads to one class."""
    places = defaultdict(list)
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_") and node.name not in ASKED_BY_DJANGO:
                places[node.name].append(named(module))
    assert {name: modules for name, modules in places.items() if len(modules) > 1} == {}


TRANSLATED = re.compile(r"(?<![.a-z])_?(told|tells?|nil|mend(s|ed)?|(for|by|to) who(?! in ))(?![a-z])", re.IGNORECASE)
"""Words of an English that translates French (docs/style.md): write `report`, `state`, `zero`, `fix`, `for whoever`."""


TESTS = sorted(path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))


@pytest.mark.parametrize("module", [*MODULES, *TESTS], ids=named)
def test_no_word_has_to_be_translated_back(module):
    text = module.read_text(encoding="utf-8")
    assert [line.strip() for line in text.splitlines() if TRANSLATED.search(line)] == []


PARTICIPLES = {"told", "known", "found", "kept", "said", "shown", "held", "mine", "done", "both"}
"""What was done to a thing, not the thing (docs/style.md): write `filings`, `row`, `sentences`, `is_known`."""


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_local_variable_is_named_for_a_thing(module):
    functions = [
        node for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))) if isinstance(node, ast.FunctionDef)
    ]
    names = (node for function in functions for node in ast.walk(function) if isinstance(node, ast.Name))
    given = {(node.lineno, node.id) for node in names if isinstance(node.ctx, ast.Store)}
    assert sorted(one for one in given if one[1] in PARTICIPLES) == []


STATES = PARTICIPLES | {"given", "wanted"}
COUNTED = {"bool", "int", "float"}
"""A flag, or the number of things in a state, may have the name of that state: `known: bool`, `excluded: int`."""


@pytest.mark.parametrize("module", MODULES, ids=named)
def test_a_parameter_and_a_field_are_named_for_a_thing(module):
    names = []
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.arg):
            names.append((node.arg, node.annotation, node.lineno))
        elif isinstance(node, ast.ClassDef):
            fields = (one for one in node.body if isinstance(one, ast.AnnAssign))
            names += [(ast.unparse(one.target), one.annotation, one.lineno) for one in fields]
    kinds = ((name, ast.unparse(annotation) if annotation else "", line) for name, annotation, line in names)
    assert [(line, name) for name, kind, line in kinds if name in STATES and kind not in COUNTED] == []


@pytest.mark.parametrize("document", ["README.md", "ARCHITECTURE.md", "GLOSSARY.md", "CHANGELOG.md", "LICENSE"])
def test_a_newcomer_finds_the_documents(document):
    assert (ROOT / document).read_text(encoding="utf-8").strip()


FOLDERS = sorted({path.parent for path in MODULES})
MOST_MODULES = 20
"""A folder that a reader takes in at a glance."""


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_folder_is_taken_in_at_a_glance(folder):
    modules = [path.name for path in folder.glob("*.py") if path.name != "__init__.py"]
    assert len(modules) <= FILES_OF_THE_INVENTED_COUNTRY if folder.name == "files" else len(modules) <= MOST_MODULES


FILES_OF_THE_INVENTED_COUNTRY = 30
"""One module for each file type that it writes."""


@pytest.mark.parametrize("folder", FOLDERS, ids=named)
def test_a_package_says_what_it_holds(folder):
    docstring = ast.get_docstring(ast.parse((folder / "__init__.py").read_text(encoding="utf-8")))
    assert docstring
    assert len(docstring) > len(".")


def test_architecture_names_places_that_exist():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    table = text[text.index("## Where a line belongs") :]
    places = [place for place in re.findall(r"`([a-z_/]+(?:\.py|\.csv|/))`", table) if "<" not in place]
    assert len(places) > 20
    missing = [one for one in places if not ((PACKAGE / one).exists() or (ROOT / one).exists())]
    assert [one for one in missing if not list(PACKAGE.glob(f"*/{one}"))] == []


def test_architecture_fits_one_screen_above_its_tables():
    text = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
    assert text[: text.index("## Where a line belongs")].count("\n") <= ONE_SCREEN


ONE_SCREEN = 60
"""Lines."""


def test_tests_mirror_the_package():
    packages = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert packages == {path.name for path in (ROOT / "tests").iterdir() if path.name in packages}


def test_every_layer_is_held_by_the_linter():
    configuration = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    contracts = configuration["tool"]["importlinter"]["contracts"]
    layered = {name for line in contracts[0]["layers"] for name in re.findall(r"signaux_faibles\.(\w+)", line)}
    packages = {path.name for path in PACKAGE.iterdir() if path.is_dir() and path.name != "__pycache__"}
    assert packages - layered == {"fictitious"}


def test_the_index_of_decisions_holds_each_record_once_under_its_title():
    """Two branches that each add a record leave both lists when they meet."""
    folder = ROOT / "docs" / "decisions"
    records = sorted(path for path in folder.glob("*.md") if path.name != "README.md")
    titles = [record.read_text(encoding="utf-8").split("\n")[0].partition(". ")[2] for record in records]
    expected = [f"- [{record.name[:4]}]({record.name}) {title}" for record, title in zip(records, titles, strict=True)]
    lines = (folder / "README.md").read_text(encoding="utf-8").splitlines()
    assert [line for line in lines if line.startswith("- [")] == expected


WRITTEN = [path for path in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")] if path.name != "style.md"]
"""docs/style.md quotes the words that it refuses."""


@pytest.mark.parametrize("document", WRITTEN, ids=named)
def test_no_word_of_a_document_has_to_be_translated_back(document):
    text = re.sub(r"`[^`\n]*`", "", document.read_text(encoding="utf-8"))
    assert [line.strip() for line in text.splitlines() if TRANSLATED.search(line)] == []


def test_links_between_documents_lead_somewhere():
    for document in [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text(encoding="utf-8")):
            assert (document.parent / target).exists(), f"{document.name} → {target}"
