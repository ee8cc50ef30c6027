"""The invented country measured: how hard it is, and how near the published series of the real one.

Nothing here takes part in the invention: these modules read what was lived, never what follows from a model in service.
"""
