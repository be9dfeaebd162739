"""`python -m kg` is `khabar`."""

from kg.cli import main

main()
