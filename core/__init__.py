"""The platform: tenancy, people, procedures and the step engine; it knows no plugin by name."""
