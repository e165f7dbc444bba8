"""The step engine: a pure machine that holds every rule of flow, and the transactional shell around it."""
