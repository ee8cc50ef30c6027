"""How Altares delivered its file, which was bought (open-data §2.1)."""

from signaux_faibles.sources.origin import Transmission

BOUGHT = Transmission(
    basis="contract with Altares, which ended in September 2025 (open-data §2.1)",
    channel="none since the end of the contract",
    rhythm="every month for the previous month, until September 2025",
)
