"""What the pages of civic budgets show: plain values for the components."""

from .editions import card, edition_context
from .listing import index_context

__all__ = ["card", "edition_context", "index_context"]
