"""Why a model or a list cannot be made."""


class DetectionRefused(Exception):
    """A refusal, as a French sentence that says what to do."""


class DamagedModel(Exception):
    """What is wrong in the files of a model, as the end of a French sentence."""
