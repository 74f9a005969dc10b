from .pages import EventIndexPage, EventPage
from .programme import EventBlock, EventDay, EventSession, SessionLeader
from .registration import Registration, RegistrationEvent, ReservedSeats, SeatLedger, SupportNeeds

__all__ = [
    "EventBlock",
    "EventDay",
    "EventIndexPage",
    "EventPage",
    "EventSession",
    "Registration",
    "RegistrationEvent",
    "ReservedSeats",
    "SeatLedger",
    "SessionLeader",
    "SupportNeeds",
]
