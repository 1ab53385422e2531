"""The child process that reads strangers' workbooks (``python -I …/intake/decoder``). No Django in here."""
