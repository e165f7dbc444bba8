"""The pages: thin, no rules in them; what they show and do goes through the same service functions as the API."""
