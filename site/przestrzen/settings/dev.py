"""A laptop, and `bin/demo`: plain HTTP on loopback, files served as they are."""

from .base import *  # noqa: F403

DEBUG = env.flag("DEBUG", False)  # noqa: F405
SECRET_KEY = env.text("SECRET_KEY", "for-a-laptop-only-" + "x" * 40)  # noqa: F405
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]

VAR_DIR.mkdir(parents=True, exist_ok=True)  # noqa: F405

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = False
SECURE_SSL_REDIRECT = False
SECURE_HSTS_SECONDS = 0

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
WHITENOISE_USE_FINDERS = WHITENOISE_AUTOREFRESH = True

if not env.text("EMAIL_URL"):  # noqa: F405
    EMAIL_BACKEND = "home.mail.backend.MailboxBackend"
    DEMO_MAILBOX = True

DEMO_ALLOWED = True
