"""DGFiP and Banque de France: what only their habilitations open."""
