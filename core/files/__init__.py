"""Evidence files: content-addressed, type-checked, size-limited."""
