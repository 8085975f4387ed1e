"""The web page: a Gradio adapter over ask, check and the library, with no logic of its own.

`page` builds and serves it, one module a tab; `evidence` and `cards` make the HTML, purely.
"""
