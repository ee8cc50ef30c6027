"""What agents do on the alerts of a list: one shared state for each company, made of events that stay."""
