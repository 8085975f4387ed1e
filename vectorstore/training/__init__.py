"""How the shipped embedding model is made: texts → pairs and vocabulary → rows.

Used by `python -m vectorstore.train` only. Everything is drawn with fixed seeds from the files in
this folder, which were written for this project, and from the texts named on the command line.
"""
