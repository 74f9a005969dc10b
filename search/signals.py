"""What the search tells those above it."""

from django.dispatch import Signal

#: A worker begins to make documents: what a process remembers of other objects may be old by now.
indexing_begins = Signal()
