"""Pure functions: what a cell, a heading, a row of an office's spreadsheet means. No database in here."""
