"""What people do with a library of annual reports: ask, check, draft."""
