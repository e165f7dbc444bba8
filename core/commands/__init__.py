"""The command line, one module per group of commands; core.cli imports them only when they are asked for."""
