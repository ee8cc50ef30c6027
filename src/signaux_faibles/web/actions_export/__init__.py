"""What agents did, as a delivery for the chain: interventions, alerts shown, votes; no name, no free text."""
