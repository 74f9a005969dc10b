"""A button in an edit form that shows what the form would change, before it is saved."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.panels import Panel


class PreviewPanel(Panel):
    """Sends the form as it stands to the address named `view`, in a new tab; nothing is stored there."""

    def __init__(self, view: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.view = view

    def clone_kwargs(self) -> dict[str, Any]:
        return {**super().clone_kwargs(), "view": self.view}

    class BoundPanel(Panel.BoundPanel):
        template_name = "search/admin/preview_panel.html"

        def get_context_data(self, parent_context: dict[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["address"] = reverse(f"{self.panel.view}")
            context["key"] = self.instance.pk or ""
            return context
