"""DGEFP: activité partielle, requested and consumed."""
