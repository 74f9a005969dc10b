"""Mails: written into the outbox by `put`, sent by the worker, seen by the staff."""

from .outbox import deliver_due, put, send_again, settle_stuck

__all__ = ["deliver_due", "put", "send_again", "settle_stuck"]
