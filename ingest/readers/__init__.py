"""Bytes → Layout: the only code that knows a file format."""
