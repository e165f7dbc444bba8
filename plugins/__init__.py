"""The built-in plugins: one package per SOP domain, found by entry point as foreign ones are."""
