"""An installation that people rely on. Every name read here is in .env.example."""

from .base import *  # noqa: F403

SECRET_KEY = env.secret("SECRET_KEY")  # noqa: F405
ALLOWED_HOSTS = env.names("ALLOWED_HOSTS")  # noqa: F405
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if "*" not in host]
DATABASES["default"] |= env.database("DATABASE_URL", env.secret("DATABASE_URL"))  # noqa: F405

# The proxy in front ends TLS and sets this header; it must strip the visitor's own.
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
NINJA_NUM_PROXIES = env.number("PROXIES", 1)  # noqa: F405
