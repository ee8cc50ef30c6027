"""DGFiP and Banque de France: data that only their habilitations open."""
