"""`sf bench`: time, memory and hardness, measured on the invented country."""
