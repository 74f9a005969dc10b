"""What exports share."""

from __future__ import annotations

from typing import Any

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


class SafeExportMixin:
    """Text that a spreadsheet would run as a formula is exported behind an apostrophe."""

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        value = super().preprocess_field_value(field, value, export_format)  # type: ignore[misc]
        if isinstance(value, str) and value.startswith(FORMULA_STARTS):
            return f"'{value}"
        return value
