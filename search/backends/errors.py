"""What writing to an engine can end with."""


class EngineAway(Exception):
    """The engine could not be written to at all: the changes wait."""
