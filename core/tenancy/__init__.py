"""Tenants (governments) and the scope of every transaction."""
