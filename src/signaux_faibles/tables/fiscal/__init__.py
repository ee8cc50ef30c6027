"""What the DGFiP and the Banque de France deliver: protected, and never exported."""
