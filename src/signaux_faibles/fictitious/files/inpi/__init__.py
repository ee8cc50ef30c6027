"""What INPI publishes: annual accounts, ratios, the register of companies."""
