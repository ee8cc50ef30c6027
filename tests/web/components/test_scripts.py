"""Scripts of one page share their top names, unless they are modules: a name declared twice stops the second one."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

WEB = Path(__file__).parents[3] / "src" / "signaux_faibles" / "web"
CLASSIC = re.compile(r"""<script src="\{% static 'sf/([\w-]+\.js)' %\}" defer>""")
DECLARED = re.compile(r"^(?:const|let|class|var|(?:async )?function)\s+(?:(\w+)|[{\[]([^}\]]*)[}\]])", re.MULTILINE)


def classic_scripts() -> set[str]:
    """Ours that templates load as classic scripts."""
    pages = (file.read_text(encoding="utf-8") for file in WEB.rglob("templates/**/*.html"))
    return {name for page in pages for name in CLASSIC.findall(page)}


def names_of(script: str) -> set[str]:
    """What a script declares at its top."""
    text = (WEB / "static" / "sf" / script).read_text(encoding="utf-8")
    found = (alone or several for alone, several in DECLARED.findall(text))
    return {name for names in found for name in re.findall(r"\w+", names)}


def test_no_two_scripts_declare_the_same_name() -> None:
    scripts = defaultdict(list)
    for script in classic_scripts():
        for name in names_of(script):
            scripts[name].append(script)
    assert len(classic_scripts()) > 5
    assert {name: found for name, found in scripts.items() if len(found) > 1} == {}
