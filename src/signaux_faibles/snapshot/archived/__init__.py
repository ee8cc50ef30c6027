"""What pages read of an archived list beside its alerts: its orders, its moves, its withdrawal."""
