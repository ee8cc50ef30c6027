"""INPI: annual accounts, their public ratios, and the register of companies (RNE)."""
