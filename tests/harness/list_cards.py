"""The card of an archived list, said otherwise by a test as if it had been written so."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from signaux_faibles.relations.files import sha256


def change_card(folder: Path, **changes: Any) -> None:
    """Change what the card of a list says, and the digest that its first act keeps of it."""
    card, acts = folder / "card.json", folder / "acts.jsonl"
    said = json.loads(card.read_text(encoding="utf-8"))
    card.write_text(json.dumps(said | changes), encoding="utf-8")
    first, *others = acts.read_text(encoding="utf-8").splitlines()
    kept = json.dumps(json.loads(first) | {"card": sha256(card)})
    acts.write_text("".join(f"{line}\n" for line in (kept, *others)), encoding="utf-8")
