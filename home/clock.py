"""What is done when its time comes, by `manage.py tick`, every minute."""

import logging
from collections.abc import Callable
from datetime import datetime

from .registry import Registry

logger = logging.getLogger(__name__)

# Each is idempotent, gets the time, and may be run by two machines at once.
jobs: Registry[Callable[[datetime], object]] = Registry()


def run_due(now: datetime) -> dict[str, object]:
    """Run every job; what each answered, or the exception that it raised. One that fails stops no other."""
    answers: dict[str, object] = {}
    for name, job in jobs.items():
        try:
            answers[name] = job(now)
        except Exception as error:
            logger.exception("the job %s failed", name)
            answers[name] = error
    return answers
