"""Whether the process lives, and whether it can serve: for a proxy, a container engine, a person on call."""

from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from home.models.mail import OutboxMail
from search import outbox
from search.condition import condition

LATE = timedelta(minutes=10)


@require_safe
@never_cache
def live(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok", content_type="text/plain")


@require_safe
@never_cache
def ready(request: HttpRequest) -> JsonResponse:
    """503 while the database is away or behind on migrations; the rest is told, not judged."""
    answer: dict[str, Any] = {"database": "ok"}
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            answer["database"] = "migrations are waiting"
        else:
            late = OutboxMail.objects.due(timezone.now() - LATE).count()
            answer["mail"] = {"late": late, "state": "behind" if late else "ok"}
            lag = outbox.lag()
            answer["search"] = condition().told() | {
                "waiting": lag.pending,
                "lag_seconds": lag.seconds(timezone.now()),
                "refused": lag.refused,
            }
    except DatabaseError as error:
        answer["database"] = type(error).__name__
    return JsonResponse(answer, status=200 if answer["database"] == "ok" else 503)
