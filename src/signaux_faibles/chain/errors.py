"""Why a run stops: always a French sentence that says what to do."""


class RunStopped(Exception):
    """The run cannot go on; what was published before stays published."""
