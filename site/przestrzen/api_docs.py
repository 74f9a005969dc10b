"""A description in OpenAPI as rows for a page that people read."""

from __future__ import annotations

from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

Part = dict[str, Any]


def described(schema: Part) -> list[Part]:
    """Every operation with its parameters and what each answer holds, two levels deep."""
    return [
        {
            "id": operation["operationId"],
            "path": path,
            "title": operation["summary"],
            "text": operation.get("description", ""),
            "parameters": [parameter(each, schema) for each in operation.get("parameters", ())],
            "answers": [
                {"status": status, "fields": fields(body(answer), schema)}
                for status, answer in operation["responses"].items()
            ],
        }
        for path, methods in schema["paths"].items()
        for operation in methods.values()
    ]


def parameter(each: Part, schema: Part) -> Part:
    kind = each["schema"]
    return {
        "name": each["name"],
        "text": spans(each.get("description", "")),
        "values": values(kind, schema),
        "least": kind.get("minimum"),
        "most": kind.get("maximum"),
        "usual": kind.get("default"),
    }


def body(answer: Part) -> Part:
    found: Part = answer.get("content", {}).get("application/json", {}).get("schema", {})
    return found


def values(part: Part, schema: Part) -> list[str]:
    """The closed set that is chosen from, if there is one."""
    part = resolved(part, schema)
    found = dict.fromkeys(str(value) for value in part.get("enum", ()))
    if "const" in part:
        found[str(part["const"])] = None
    for inner in (*part.get("anyOf", ()), *([part["items"]] if "items" in part else ())):
        found |= dict.fromkeys(values(inner, schema))
    return list(found)


def fields(part: Part, schema: Part, within: str = "", depth: int = 2) -> list[Part]:
    part = resolved(part, schema)
    found: list[Part] = []
    for inner in (*part.get("anyOf", ()), *(part[key] for key in ("items",) if key in part)):
        found += fields(inner, schema, within, depth)
    for name, kind in part.get("properties", {}).items() if depth else ():
        found.append({"name": f"{within}{name}", "text": spans(kind.get("description", ""))})
        found += fields(kind, schema, f"{within}{name}.", depth - 1)
    return found


def resolved(part: Part, schema: Part) -> Part:
    found: Part = schema["components"]["schemas"][part["$ref"].rsplit("/", 1)[1]] if "$ref" in part else part
    return found


def spans(text: str) -> SafeString:
    """Escaped, with what stands in backticks as code."""
    return mark_safe(
        "".join(
            format_html("<code>{}</code>" if place % 2 else "{}", piece)
            for place, piece in enumerate(text.split("`"))
        )
    )  # nosec B308 B703
