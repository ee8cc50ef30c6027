"""Who writes the files that the product delivers to its own chain."""

from signaux_faibles.sources.origin import Transmission

OPERATOR = Transmission(
    basis="written by the operator of the chain",
    channel="the operator puts it in the folder of the batch",
    rhythm="only when a run must follow chosen companies",
)
APPLICATION = Transmission(
    basis="what agents did in the application: personal data under a pseudonym, and alerts",
    channel="`sf export-actions` writes it in the folder of the batch",
    rhythm="as often as what agents did is studied; each delivery holds everything since the opening",
)
