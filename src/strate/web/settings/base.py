"""Django's settings, the same for every installation; what varies comes from `environment`."""

from pathlib import Path

from strate.rooms import ROOMS
from strate.web.settings.environment import Environment

ENV = Environment.read()
PACKAGE = Path(__file__).resolve().parents[2]

SECRET_KEY = ENV.secret_key()
DEBUG = ENV.debug
ALLOWED_HOSTS = ENV.hosts
DATABASES = ENV.databases()
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "ninja",
    "strate",
]
AUTH_USER_MODEL = "strate.Person"
PASSWORD_HASHERS = ["strate.workshop.people.hashing.OneCoreArgon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "strate.web.middleware.policy",
    "strate.web.middleware.known_ways",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "strate.workshop.people.middleware.who_is_writing",
    "strate.web.middleware.readable_address",
    "strate.web.middleware.receipt",
    "strate.web.middleware.language_and_time_zone",
    "strate.web.middleware.titles_read_once",
    "strate.workshop.people.installation.until_installed",
    "django_htmx.middleware.HtmxMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]
ROOT_URLCONF = "strate.web.urls"
WSGI_APPLICATION = "strate.web.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [
            PACKAGE / "web" / "templates",
            *(PACKAGE / "workshop" / room / "templates" for room in ROOMS),
        ],
        "APP_DIRS": True,  # the documentation page of the API, which ninja brings
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "strate.web.context.shell",
            ],
            "builtins": [
                "strate.templatetags.strate_ui",
                "strate.workshop.doors.tags",
                "strate.workshop.attachments.tags",
                "django.templatetags.i18n",
            ],
        },
    }
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "web" / "locale", *(PACKAGE / "workshop" / room / "locale" for room in ROOMS)]
FORMAT_MODULE_PATH = ["strate.web.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATICFILES_DIRS = [PACKAGE / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedStaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG

# A shift is eight hours; the idle sign-out is the person's, decided in `people`, not the browser's.
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = ENV.https
SECURE_HSTS_SECONDS = 31_536_000 if ENV.https else 0
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENV.https else None
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "strate.web.pages.stale_form"

DATA_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 4 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000

STRATE = ENV
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "strate.gateway.logs.JsonFormatter"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["stderr"], "level": ENV.log},
    "loggers": {
        "django.server": {"level": "WARNING"},
        "asyncua": {"level": "ERROR"},
        "pikepdf": {"level": "WARNING"},
    },
}
