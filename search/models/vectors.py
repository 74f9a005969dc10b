"""Sentence vectors of indexed texts: computed once a changed text, reused by every engine and every rebuild."""

import uuid

from django.db import models


class VectorState(models.Model):
    """How far the vectors of a kind have come: what a process that holds them in memory looks at before it answers.

    Every write raises `version` first and so holds the row until its end: versions become visible in their order.
    """

    kind = models.CharField(max_length=80, primary_key=True)
    epoch = models.UUIDField(default=uuid.uuid4, help_text="another one: nothing held is of use")
    version = models.BigIntegerField(default=0)
    erased_at = models.BigIntegerField(default=0, help_text="the version of the last deletion")

    wagtail_reference_index_ignore = True

    def __str__(self) -> str:
        return f"{self.kind} {self.version}"


class Vector(models.Model):
    """The vector of one object's text."""

    kind = models.CharField(max_length=80)
    object_id = models.CharField(max_length=50)
    digest = models.CharField(max_length=64, help_text="of the text and the encoder's version")
    data = models.BinaryField(help_text="512 half-precision floats, little-endian, of length one")
    version = models.BigIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_vector_an_object")]
        indexes = [models.Index(fields=["kind", "version"], name="search_vector_by_version")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
