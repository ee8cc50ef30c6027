"""Letters to directors under the Charte de confiance: models, merge, what was sent and what came of it."""
