"""JSON and XML documents, alone or in archives."""
