"""The search's own tables."""

from .entries import Entry, FacetValue, Word

__all__ = ["Entry", "FacetValue", "Word"]
