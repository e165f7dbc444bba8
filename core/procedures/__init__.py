"""The definition language of procedures: reading, checking, binding and exporting SOPs."""
