"""A draft of this year's report: its sentences as data, the facts they are chosen by, its files.

`draft` puts the parts together; `official_form` and `official_word` set the whole report as it is
published; every number is bound to its origin.
"""
