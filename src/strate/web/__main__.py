"""`python -m strate.web worker`: one process of the house, started by the supervisor."""

from strate.cli import main

main()
