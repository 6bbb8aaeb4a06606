"""`python -m consistency`: the command line."""
from consistency.cli import main

main()
