"""The kinds of ledgers: one module each, from a line of the sheet to a plan."""
