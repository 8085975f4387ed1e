"""`python -m assistant` is the command `nianbao`."""

from assistant.cli import main

main()
