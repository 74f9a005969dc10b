"""The only reader of the environment.

Each name is read once, typed, here; `.env.example` lists them all. A value that is missing where it must be
given, or that cannot be read as its type, stops the start with the name of the variable.
"""

import os
from pathlib import Path

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


def names(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """A comma-separated list."""
    return [part.strip() for part in text(name, ",".join(default)).split(",") if part.strip()]


def path(name: str, default: Path) -> Path:
    value = text(name)
    return Path(value) if value else default


def database(name: str, default: str) -> dict[str, object]:
    """A database address such as postgres://user:password@host:5432/name or sqlite:////path."""
    return dict(_env.db_url_config(text(name, default)))


def mail(name: str, default: str) -> dict[str, object]:
    """A mail server's address such as smtp+tls://user:password@host:587."""
    return dict(_env.email_url_config(text(name, default)))
