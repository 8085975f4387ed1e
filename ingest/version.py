"""Which readings are alike: the version of all that makes a file into a report.

A module of its own, so that whoever stores reports need not load the readers to know it.
"""

PARSER_VERSION = 8
"""Raised whenever the same file may give another report; libraries then offer to read again."""
