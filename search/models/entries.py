"""The index that lives beside the model tables, in the same database.

What an engine matches on stands in two things that Django's models cannot name, made by migration 0002: on SQLite the
full-text table `search_fts` (rowid = Entry.id), on PostgreSQL the column `search_entry.vector` under a GIN index. What
stands beside them for suggestions on PostgreSQL is `Beginning`.
"""

from django.db import models


class Entry(models.Model):
    """One indexed object."""

    kind = models.CharField(max_length=80, help_text="label of the root model: all page types share one kind")
    object_id = models.CharField(max_length=50)
    norm = models.FloatField(default=1.0, help_text="how much the length of the text damps a match")
    scopes = models.CharField(
        max_length=500,
        blank=True,
        help_text="names of the reading rules it passes, each between spaces; empty: not known",
    )
    digest = models.CharField(max_length=16, blank=True, help_text="of the document; see check_index")
    facets = models.TextField(
        blank=True, help_text="its values again, field=value between unit separators: to be counted together"
    )

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_entry_an_object")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class FacetValue(models.Model):
    """One value of one FilterField of an entry, for counting."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="values")
    field = models.CharField(max_length=80)
    value = models.CharField(max_length=200)

    wagtail_reference_index_ignore = True

    class Meta:
        indexes = [models.Index(fields=["entry", "field", "value"], name="search_facet_of_entry")]

    def __str__(self) -> str:
        return f"{self.field}={self.value}"


class Beginning(models.Model):
    """One key of an AutocompleteField of an entry, on PostgreSQL alone: what begins so is read from an ordered index. Of
    the vectors its planner expects as much whatever is asked, and may read them all. SQLite's index is an ordered one."""

    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="+")
    object_id = models.CharField(max_length=50)
    key = models.CharField(max_length=200, help_text="the entry's kind, and the key as in its document")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return self.key


class Word(models.Model):
    """A folded word that stands in the index: what a misspelt one is compared with.

    Of each kind there are two vocabularies: of all documents, and (`shown`) of those that a reading rule lets somebody
    see. Processes that hold one in memory see by its last row whether it has changed; where a word has left, a new row
    without a word says so, and not which it was.
    """

    kind = models.CharField(max_length=80)
    shown = models.BooleanField()
    word = models.CharField(max_length=100)

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "shown", "word"], name="one_word_a_vocabulary")
        ]
        indexes = [models.Index(fields=["kind", "shown", "id"], name="last_word_of_a_vocabulary")]

    def __str__(self) -> str:
        return self.word
