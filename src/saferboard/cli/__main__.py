"""`python -m saferboard.cli`: the same as the command `saferboard`."""

from saferboard.cli.main import main

main()
