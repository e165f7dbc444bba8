"""Sync: a government's files are proposals, its database is the truth (ground.md 17)."""
