"""People, log-in, sessions, tokens, operators."""
