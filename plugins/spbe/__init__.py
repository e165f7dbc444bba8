"""SPBE: electronic government, its yearly monitoring and evaluation."""
