"""Target, learning, calibration, back-test, scores, explanation and lists (DESIGN §5)."""
