"""Every administration whose agents may write has its letters and its name in them."""

from __future__ import annotations

import pytest

from signaux_faibles.web.courriers.merging import NAMED
from signaux_faibles.web.courriers.templates import WRITING
from signaux_faibles.web.rights.agent import Administration, Agent
from signaux_faibles.web.rights.letters import LetterAct, LetterTies, decide_letter


@pytest.mark.parametrize("administration", Administration)
def test_who_may_write_has_models_and_a_name(administration: Administration) -> None:
    agent = Agent(administration, frozenset({"87"}), {})
    writes = decide_letter(agent, LetterTies("87", True, False, administration), LetterAct.WRITE).allowed
    assert (administration in WRITING) is writes
    assert (administration in NAMED) is writes
