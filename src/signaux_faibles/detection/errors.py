"""Why a model or a list cannot be made."""


class DetectionRefused(Exception):
    """A refusal, as a French sentence that says what to do."""
