"""The parts of a draft: its sentences as data, the facts they are chosen by, and their binding.

Nothing here reads files, a library or the clock; `assistant.draft` puts the parts together.
"""
