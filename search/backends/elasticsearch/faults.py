"""What went wrong with Elasticsearch, in one word that may be shown to anyone."""

from __future__ import annotations

from enum import StrEnum

from elastic_transport import TlsError
from elasticsearch import ApiError, ConnectionTimeout, TransportError, UnsupportedProductError
from elasticsearch import ConnectionError as Unreached


class Fault(StrEnum):
    UNREACHABLE = "unreachable"
    TIMEOUT = "timeout"
    SLOW = "slow"
    TLS = "tls"
    UNAUTHORIZED = "unauthorized"
    VERSION = "version"
    OVERLOADED = "overloaded"
    GARBAGE = "garbage"
    #: By an administrator, or because the disk is full: searches would go on, but of what was once true.
    READ_ONLY = "read-only"
    #: The index is missing or was made by another version of the site.
    REBUILD = "rebuild"
    CATCHING_UP = "catching up"


class Met(Exception):
    """A fault that was read from an answer."""

    def __init__(self, fault: Fault, detail: str = "") -> None:
        super().__init__(detail or fault.value)
        self.fault = fault


def fault_of(error: Exception) -> Fault | None:
    """None when the fault is the question's own: the server is sound and refuses only this one."""
    match error:
        case Met():
            return error.fault
        case UnsupportedProductError():
            return Fault.VERSION
        case ApiError():
            return fault_of_status(error.status_code, error_type(error))
        case TimeoutError() | ConnectionTimeout():
            return Fault.TIMEOUT
        case TlsError():
            return Fault.TLS
        case Unreached():
            return Fault.UNREACHABLE
        case TransportError():
            return Fault.GARBAGE
    return Fault.GARBAGE


def fault_of_status(status: int, kind: str) -> Fault | None:
    """The fault of an answer, or of one item of a bulk, by its status and the name of its error."""
    match status, kind:
        case ((403 | 429), "cluster_block_exception"):
            return Fault.READ_ONLY
        case 401 | 403, _:
            return Fault.UNAUTHORIZED
        case _, "media_type_header_exception":
            return Fault.VERSION
        case 406, _:
            return Fault.VERSION
        case 404, "index_not_found_exception":
            return Fault.REBUILD
        case ((429 | 502 | 503 | 504), _):
            return Fault.OVERLOADED
    return None


def error_type(error: ApiError) -> str:
    """The server's name of an error, such as "index_not_found_exception"."""
    body = error.body
    found = body.get("error") if isinstance(body, dict) else None
    name = found.get("type") if isinstance(found, dict) else None
    return str(name or "")
