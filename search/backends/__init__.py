"""Search engines as backends of modelsearch."""

from collections.abc import Callable

#: Each says whether an engine outside the database is still behind it: as long as one does, the database answers, while
#: writes go on. Asked before every question, so they must be cheap.
catching_up: list[Callable[[], bool]] = []
