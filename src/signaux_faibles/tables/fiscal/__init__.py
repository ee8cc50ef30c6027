"""What DGFiP and the Banque de France deliver: protected, never exported."""
