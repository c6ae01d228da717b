"""SQL: opening the database, transactions, and statements that are built once."""
