"""Follow-ups of establishments (accompagnements): opened, carried by referents, closed; every change is an event."""
