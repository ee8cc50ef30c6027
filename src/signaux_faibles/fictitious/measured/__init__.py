"""Measures of the invented country: how hard it is, and how close to the published series of the real one.

Nothing here takes part in the invention: these modules read the lives, and nothing that comes from a model in service.
"""
