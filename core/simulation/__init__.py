"""Carries cases through SOPs by the tenant's own people, through the same services as everybody else."""
