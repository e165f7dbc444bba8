"""What people call the domain a SOP belongs to."""

from core.extensions.registry import Extensions

# A SOP of a government alone, without any plugin's code (engine.md, Definition language).
OWN = "umum"
OWN_TITLE = "Umum"


def domain_title(extensions: Extensions, plugin: str) -> str:
    """The plugin's title; its name where it does not run in this process."""
    if plugin in extensions.plugins:
        return extensions.plugins[plugin].title
    return OWN_TITLE if plugin == OWN else plugin
