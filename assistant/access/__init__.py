"""Who may do what: accounts, roles, sign-in sessions, tokens, and the log of what was done.

Knows nothing of pages, requests or libraries; `assistant.serving` asks here on every request.
"""
