"""Commands of the séances."""
