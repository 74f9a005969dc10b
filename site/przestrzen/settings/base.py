"""What is true of every installation; strict, so that development relaxes and production adds."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from przestrzen import env

BASE_DIR = env.BASE_DIR
PROJECT_DIR = BASE_DIR / "site" / "przestrzen"
VAR_DIR = env.path("VAR_DIR", BASE_DIR / "var")

DEBUG = False
# Readers get the maintenance page (503) and the staff go on working.
MAINTENANCE = env.flag("MAINTENANCE")

INSTALLED_APPS = [
    "przestrzen",
    "mentoring",
    "dialogues",
    "budgets",
    "events",
    "blog",
    "directory",
    "home",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail_modeladmin",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.routable_page",
    "wagtail.contrib.settings",
    "wagtail.contrib.table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "search",  # after wagtail.search, whose signal handlers it takes the place of
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.sitemaps",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "przestrzen.middleware.maintenance",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "przestrzen.middleware.admin_policy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "przestrzen.api.shared",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "home.privacy.consent.middleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
]

ROOT_URLCONF = "przestrzen.urls"
WSGI_APPLICATION = "przestrzen.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

_database = env.database("DATABASE_URL", f"sqlite:///{VAR_DIR / 'db.sqlite3'}")
if _database["ENGINE"] == "django.db.backends.sqlite3":
    # IMMEDIATE takes the write lock when a transaction begins: the default mode answers "database is locked"
    # as soon as two writers upgrade their read locks at once.
    _database["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        # Waiting writers are not let in in their order: of twenty at once one may wait long.
        "timeout": 60,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA secure_delete=ON;",
    }
else:
    # To compile a statement takes PostgreSQL a tenth of a second, to run one that counts facets less.
    _options: Any = _database.get("OPTIONS", {})
    _database["OPTIONS"] = {"options": "-c jit=off", **_options}
    _database["CONN_MAX_AGE"] = 60
    _database["CONN_HEALTH_CHECKS"] = True
DATABASES = {"default": _database}

CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]

# Polish is the source language: it has no prefix and its words are the message ids.
LANGUAGE_CODE = "pl"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = WAGTAILADMIN_PERMITTED_LANGUAGES = [
    ("pl", _("polski")),
    ("en", _("angielski")),
]
LOCALE_PATHS = [PROJECT_DIR / "locale", PROJECT_DIR / "locale_wagtail"]
TIME_ZONE = "Europe/Warsaw"
USE_I18N = USE_TZ = True
WAGTAIL_I18N_ENABLED = True
WAGTAIL_ALLOW_UNICODE_SLUGS = False  # an address that can be read out and typed: "łąka" becomes "laka"
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAIL_USER_TIME_ZONES = ["Europe/Warsaw"]

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", VAR_DIR / "static")
STATICFILES_DIRS = [PROJECT_DIR / "static"]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", VAR_DIR / "media")
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

EMAIL_TIMEOUT = 10
vars().update(env.mail("EMAIL_URL", "smtp://localhost:25"))
# The staff page that shows the mails of a demo; on only where nothing is really sent.
DEMO_MAILBOX = False
# Whether `manage.py demo` may fill this installation unasked.
DEMO_ALLOWED = False
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.text("DEFAULT_FROM_EMAIL", "Przestrzeń Praktyków <biuro@example.org>")

# The page editor sends more fields than Django's default of a thousand.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Whose address counts against the API's rate and the limits of messages:
# that many proxies in front add theirs to X-Forwarded-For.
NINJA_NUM_PROXIES = env.number("PROXIES", 0)

# Leading zero bits that a browser looks for before it sends a message: each more doubles its work.
CONTACT_CHALLENGE_BITS = env.number("CONTACT_CHALLENGE_BITS", 18)

WAGTAIL_SITE_NAME = "Przestrzeń Praktyków Partycypacji"
WAGTAILADMIN_BASE_URL = env.text("BASE_URL", "http://127.0.0.1:8000")
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "odt", "ods", "pdf", "pptx", "txt", "xlsx", "zip"]
WAGTAILDOCS_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env.text("LOG_LEVEL", "INFO")},
    # Otherwise a line for every search, and a traceback for every one while the server is away.
    "loggers": {"elastic_transport": {"level": "ERROR"}},
}

from .search import *  # noqa: E402, F403
from .security import *  # noqa: E402, F403
