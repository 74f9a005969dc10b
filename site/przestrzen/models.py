"""What the demonstration brought in, so that it can be taken out again."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models


class DemoItem(models.Model):
    """One object that `manage.py demo` made, in the order of making."""

    content_type = models.ForeignKey(ContentType, on_delete=models.CASCADE)
    object_id = models.CharField(max_length=64)
    item = GenericForeignKey("content_type", "object_id")

    class Meta:
        default_permissions = ()
        constraints = [models.UniqueConstraint(fields=["content_type", "object_id"], name="demo_item_once")]

    def __str__(self) -> str:
        return f"{self.content_type.model} {self.object_id}"
