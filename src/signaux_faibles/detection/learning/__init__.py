"""Learn a model, calibrate it, judge it on the past, keep it."""
