"""The application database: which one, and the queries whose SQL is written once."""
