"""Doors for other programs: REST, the OpenAI and MCP protocols, Gradio's API, LangChain.

`work` is what all of them ask, and gives the contract's JSON; each door only speaks its protocol.
"""
