"""The registry of legal bases."""
