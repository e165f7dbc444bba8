"""The REST face under /api/v1: thin, no rules in it; OpenAPI 3.1 comes from its schemas."""
