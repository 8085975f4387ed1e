"""One report or many against the rule catalogue, and what people take away from it.

`check` finds last year's report and the peers; `review` checks many at once; `decisions` remembers
what a reviewer said of a finding; `files` writes a check as Word comments, work list, page or log.
"""
