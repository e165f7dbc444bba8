"""Units, positions, assignments, teams, roles and rights of a tenant."""
