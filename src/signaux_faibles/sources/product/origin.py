"""Who writes the files that the product delivers to its own chain."""

from signaux_faibles.sources.origin import Transmission

OPERATOR = Transmission(
    basis="written by the operator of the chain",
    channel="the operator puts it in the folder of the batch",
    rhythm="only when a run must follow chosen companies",
)
