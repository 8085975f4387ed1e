"""One web application: the page and the doors for programs, behind one gate.

`gate` decides who gets in and what may pass; `application` puts the parts together; `server` runs it.
Gradio's own sign-in, upload route and origin check are not used: they let guesses through without
limit, serve one user's upload to another, and execute what a foreign page sends.
"""
