from .pages import EventIndexPage, EventPage
from .programme import EventBlock, EventDay, EventSession, SessionLeader

__all__ = ["EventBlock", "EventDay", "EventIndexPage", "EventPage", "EventSession", "SessionLeader"]
