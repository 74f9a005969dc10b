"""The only reader of the environment.

Each name is read once, typed, here; `.env.example` lists them all. A value that is missing where it must be
given, or that cannot be read as its type, stops the start with the name of the variable.
"""

import os
import ssl
from pathlib import Path
from urllib.parse import unquote, urlsplit, urlunsplit

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent.parent

_env = environ.Env()
if (BASE_DIR / ".env").is_file() and os.environ.get("PRZESTRZEN_IGNORE_DOTENV") != "1":
    environ.Env.read_env(str(BASE_DIR / ".env"))


def text(name: str, default: str = "") -> str:
    return str(_env.str(name, default=default)).strip()


def secret(name: str) -> str:
    """A value without which the site must not start.

    Raises ImproperlyConfigured, naming the variable, when it is absent or empty.
    """
    value = text(name)
    if not value:
        raise ImproperlyConfigured(f"Set the environment variable {name} (see .env.example).")
    return value


def flag(name: str, default: bool = False) -> bool:
    return bool(_env.bool(name, default=default))


def number(name: str, default: int) -> int:
    try:
        return int(_env.int(name, default=default))
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def seconds(name: str, default: float, least: float, most: float) -> float:
    value = text(name)
    try:
        found = float(value) if value else default
    except ValueError:
        found = -1.0
    if not least <= found <= most:
        raise ImproperlyConfigured(f"{name} must be a number of seconds from {least:g} to {most:g}.")
    return found


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name, ",".join(default)).split(",") if part.strip()]


def path(name: str, default: Path) -> Path:
    value = text(name)
    return Path(value) if value else default


def servers(name: str) -> tuple[list[str], str, str]:
    """Comma-separated addresses such as https://user:password@host:9200: without the user, the user, the password.

    Raises ImproperlyConfigured, naming the variable and never its value, which may hold a password.
    """
    found: list[str] = []
    users: set[tuple[str, str]] = set()
    for address in names(name):
        try:
            parts = urlsplit(address)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if (
            parts.scheme not in ("http", "https")
            or not parts.hostname
            or port == 0
            or parts.query
            or parts.fragment
        ):
            raise ImproperlyConfigured(f"{name} must hold addresses such as https://user:password@host:9200.")
        users.add((unquote(parts.username or ""), unquote(parts.password or "")))
        found.append(urlunsplit(parts._replace(netloc=parts.netloc.rpartition("@")[2])))
    if len(users) > 1:
        raise ImproperlyConfigured(f"Every address in {name} must have the same user and password.")
    return found, *(users.pop() if users else ("", ""))


def certificates(name: str) -> str:
    """The path of a file with certificates in PEM; "" when none is given."""
    value = text(name)
    if value:
        try:
            ssl.create_default_context(cafile=value)
        except (OSError, ValueError) as error:
            raise ImproperlyConfigured(f"{name} must be the path of a file with certificates.") from error
    return value


def database(name: str, default: str) -> dict[str, object]:
    """A database address such as postgres://user:password@host:5432/name or sqlite:////path."""
    return dict(_env.db_url_config(text(name, default)))


def mail(name: str, default: str) -> dict[str, object]:
    """A mail server's address such as smtp+tls://user:password@host:587."""
    return dict(_env.email_url_config(text(name, default)))
