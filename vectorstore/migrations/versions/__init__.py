"""The steps, numbered; the newest number is `schema.SCHEMA`."""
