"""The search's own tables."""

from .entries import Entry, FacetValue, Word
from .vectors import Vector, VectorState

__all__ = ["Entry", "FacetValue", "Vector", "VectorState", "Word"]
