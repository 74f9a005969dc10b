"""Where the base stands on this site."""

from home.navigation import tree


def base_url() -> str:
    """The base's address in the reader's language, where it has a live page, else the Polish one; "" without any."""
    return tree().url_of("directory.directorypage")
