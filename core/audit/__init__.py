"""The keyed, hash-chained log and what lies beside it."""
