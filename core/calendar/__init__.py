"""Working time: when what arrived at a moment is due."""
