"""Alembic scripts: how the record store's tables came to be, one step a file, forward only."""
