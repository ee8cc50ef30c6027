"""The Kanban of the CRP network: one board per region, one row per department; others do not know that it exists."""
