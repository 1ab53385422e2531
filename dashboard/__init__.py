"""My desk, the chief's five questions, demo data. No models: it composes what the other apps count."""
