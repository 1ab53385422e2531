"""Papers for the house's own people, composed from what the lower floors know."""
