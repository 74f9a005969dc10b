"""What a program asked that can't be answered, in words for whoever wrote it."""

from __future__ import annotations

from collections.abc import Mapping


class Refused(Exception):
    """`problems`: the message by the name of the parameter that is wrong."""

    def __init__(self, problems: Mapping[str, str], *, status: int = 400) -> None:
        super().__init__(dict(problems))
        self.problems = dict(problems)
        self.status = status
