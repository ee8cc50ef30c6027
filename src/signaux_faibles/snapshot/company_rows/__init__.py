"""What pages read of one company, put together at publication and read by its siren."""
