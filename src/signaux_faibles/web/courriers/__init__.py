"""Letters to directors under the Charte de confiance: templates, merge, what was sent and what came of it."""
