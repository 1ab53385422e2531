"""审议旁听: what is heard in session, and who may take it down and decompose it."""
