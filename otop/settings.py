"""Settings of every process, read from the environment once, refusing what is unsafe in production."""

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from celery.schedules import crontab
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _
from psycopg2.extensions import parse_dsn

from otop import engine, keys

BASE_DIR = Path(__file__).resolve().parent.parent
env = os.environ.get

OTOP_HOME = Path(env("OTOP_HOME", str(BASE_DIR / ".otop"))).resolve()
OTOP_MODE = env("OTOP_MODE", "local")  # local: loopback only, the only mode with sample logins
if OTOP_MODE not in {"local", "production"}:
    raise ImproperlyConfigured(f"OTOP_MODE is {OTOP_MODE!r}; it must be 'local' or 'production'.")
PRODUCTION = OTOP_MODE == "production"
OTOP_PUBLIC_URL = env("OTOP_PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")

DEBUG = False  # nowhere: a fault shows the same page to us as to an officer
SECRET_KEY = keys.secret(OTOP_HOME, "django", given=env("OTOP_KEYS", ""))
PERSONAL_KEYS = keys.Ring(OTOP_HOME, "personal", given=env("OTOP_KEYS", ""))  # seal personal fields, by version
PERSONAL_INDEX_KEY = keys.secret(OTOP_HOME, "personal_index", given=env("OTOP_KEYS", ""))  # finds them; never changed
REVEALS_A_DAY = int(env("OTOP_REVEALS_A_DAY", "20"))  # persons one user may unmask in a day
LOOKUPS_A_DAY = int(env("OTOP_LOOKUPS_A_DAY", "50"))  # searches by a number one user may make in a day

_public = urlsplit(OTOP_PUBLIC_URL)
ALLOWED_HOSTS = [_public.hostname] if PRODUCTION else ["127.0.0.1", "localhost", "[::1]", "testserver"]
CSRF_TRUSTED_ORIGINS = [OTOP_PUBLIC_URL] if PRODUCTION else []
if PRODUCTION and _public.scheme != "https":
    raise ImproperlyConfigured("OTOP_PUBLIC_URL must begin with https:// in production.")

INSTALLED_APPS = [
    "otop.apps.OtopConfig",
    "selection.apps.SelectionConfig",
    "registry.apps.RegistryConfig",
    "mptt",
    "django_filters",
    "django_htmx",
    "django_celery_beat",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # pads its answers at random, so that their length betrays no token
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # safe here: lengths are blurred and CSRF tokens masked
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "registry.middleware.PlainAnswers",
]

ROOT_URLCONF = "otop.urls"
WSGI_APPLICATION = "otop.wsgi.application"

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
                "registry.context.site",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static", "registry.templatetags.look"],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# The app serves as otop_app; only migrations run as otop_owner (see otop/prepare.py).
_urls = engine.in_force()


def _database_settings(url: str) -> dict[str, object]:
    """Django's settings from a libpq address, read by libpq itself (sockets, escapes and options included)."""
    parts = parse_dsn(url)
    known = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    rest = {name: value for name, value in parts.items() if name not in known}
    return {
        "ENGINE": "django.db.backends.postgresql",
        **{known[name]: value for name, value in parts.items() if name in known},
        "OPTIONS": {"application_name": "otop", **rest},
    }


_database = "DATABASE_OWNER_URL" if env("OTOP_AS_OWNER") else "DATABASE_URL"
DATABASES = {
    "default": {
        **_database_settings(env(_database) or _urls[_database]),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    },
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

_cache = env("CACHE_URL", "")
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": _cache}
    if _cache
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "otop"},
}
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if PRODUCTION else "session"
CSRF_COOKIE_NAME = "__Host-csrf" if PRODUCTION else "csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PRODUCTION
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "registry.views.gate.csrf_failed"
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_HSTS_SECONDS = 31_536_000 if PRODUCTION else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = PRODUCTION
SECURE_HSTS_PRELOAD = PRODUCTION
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PRODUCTION else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "form-action": ["'self'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
        "manifest-src": ["'self'"],
    },
}

AUTH_USER_MODEL = "registry.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["registry.hashers.MeasuredArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "registry:login"
LOGIN_REDIRECT_URL = "registry:worklist"
LOGOUT_REDIRECT_URL = "selection:home"

LANGUAGE_CODE = "th"
LANGUAGES = [("th", _("Thai")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "otop" / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Bangkok"
USE_THOUSAND_SEPARATOR = False

STATIC_URL = "/static/"
FONT_DIR = OTOP_HOME / "fonts"
STATICFILES_DIRS = [BASE_DIR / "static", ("fonts", FONT_DIR)]
STATIC_ROOT = OTOP_HOME / "static"
WHITENOISE_USE_FINDERS = not PRODUCTION
WHITENOISE_MAX_AGE = 3600
STORAGES = {
    # public: re-encoded pictures; private: papers and uploads, only ever sent by a view
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": OTOP_HOME / "private",
            "base_url": None,
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "public": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": OTOP_HOME / "public", "base_url": "/media/"},
    },
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if PRODUCTION
        else "django.contrib.staticfiles.storage.StaticFilesStorage"
    },
}
FILE_UPLOAD_HANDLERS = ["registry.uploads.LimitedUpload", "django.core.files.uploadhandler.TemporaryFileUploadHandler"]
UPLOAD_LIMIT_BYTES = 20 * 1024 * 1024  # of one file
UPLOAD_LIMIT_WHOLE_BYTES = 60 * 1024 * 1024  # of all files of one sending: a phone's photographs
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

CELERY_BROKER_URL = env("CELERY_BROKER_URL") or _urls["CELERY_BROKER_URL"]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_DEFAULT_QUEUE = env("OTOP_QUEUE", "otop")
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 30 * 60
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # longer than any task may run; the sweep is quick so that a killed worker's task comes back in seconds
    "visibility_timeout": int(env("OTOP_VISIBILITY_TIMEOUT", "2400")),
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
}
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULER = "django_celery_beat.schedulers:DatabaseScheduler"
CELERY_BEAT_SCHEDULE = {
    "claim due jobs": {"task": "registry.tasks.sweep", "schedule": 10.0},
    "terms of keeping": {"task": "registry.tasks.retention_due", "schedule": crontab(minute=40, hour=1)},
    "mails that are due": {"task": "registry.tasks.notices_due", "schedule": 60.0},
    "reminders of the year": {"task": "registry.tasks.reminders_due", "schedule": crontab(minute=35)},
    "changes of areas": {"task": "registry.tasks.area_changes_due", "schedule": crontab(minute=5)},
    "papers that end": {"task": "registry.tasks.expiry_watch_due", "schedule": crontab(minute=20)},
    "duplicates": {"task": "registry.tasks.duplicates_due", "schedule": crontab(minute="*/10")},
    "duplicates of all": {"task": "registry.tasks.duplicates_due", "schedule": crontab(minute=10, hour=2), "args": (True,)},
    "what the data lack": {"task": "registry.tasks.quality_due", "schedule": crontab(minute=50, hour=2)},
    "yearly report": {
        "task": "selection.tasks.yearly_report_due",
        "schedule": crontab(minute=15, hour=0, day_of_month=1, month_of_year=1),
    },
}

# mails leave only when a server is named: smtp://user:password@host:587?tls=1, or smtps://host:465
_mail = urlsplit(env("EMAIL_URL", ""))
MAIL_ON = bool(_mail.hostname)
if _mail.scheme not in {"", "smtp", "smtps"}:
    raise ImproperlyConfigured("EMAIL_URL must begin with smtp:// or smtps://.")
EMAIL_HOST, EMAIL_PORT = _mail.hostname or "", _mail.port or (465 if _mail.scheme == "smtps" else 587)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = unquote(_mail.username or ""), unquote(_mail.password or "")
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = not EMAIL_USE_SSL and "tls=1" in _mail.query
EMAIL_TIMEOUT = 30
DEFAULT_FROM_EMAIL = env("OTOP_MAIL_FROM", f"otop@{_public.hostname}")

JOB_SILENT_SECONDS = int(
    env("OTOP_JOB_SILENT_SECONDS", "30")
)  # a running job without a heartbeat for so long is anybody's
SILENCED_SYSTEM_CHECKS: list[str] = []
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "plain": {"()": "registry.quiet.QuietFormatter", "format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env("OTOP_LOG_LEVEL", "INFO")},
    # Django's own handlers go: one of them mails whole requests with what was typed
    "loggers": {"django": {"handlers": [], "level": "INFO"}, "django.request": {"level": "ERROR"}},
}
