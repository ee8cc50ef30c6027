"""Settings of Django. What changes from one place of service to another is read by `Environment`."""

from __future__ import annotations

from pathlib import Path

from signaux_faibles.home.home import Home
from signaux_faibles.web.environment import Environment

ENVIRONMENT = Environment()
WEB = Path(__file__).parent

SF_HOME = Home(ENVIRONMENT.home)
SF_MARQUE_ETAT = ENVIRONMENT.marque_etat
SF_TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies

SECRET_KEY = ENVIRONMENT.key()
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts.split(",")
ROOT_URLCONF = "signaux_faibles.web.urls"
WSGI_APPLICATION = "signaux_faibles.web.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "signaux_faibles.web.accounts",
    "signaux_faibles.web.components",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "signaux_faibles.web.headers.security_headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "signaux_faibles.web.pinning.pin_snapshot",
    "signaux_faibles.web.accounts.current_agent.current_agent",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [WEB / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "signaux_faibles.web.page_context.page_context",
            ],
            "builtins": [
                "django.templatetags.static",
                "signaux_faibles.web.components.templatetags.components",
                "signaux_faibles.web.components.templatetags.french",
            ],
        },
    }
]

DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": SF_HOME.application,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;",
        },
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"

# An idle session ends after 30 minutes, and with the browser.
SESSION_COOKIE_AGE = 30 * 60
SESSION_SAVE_EVERY_REQUEST = True
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "signaux_faibles.web.errors.csrf_failure"

SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_REFERRER_POLICY = "same-origin"

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# Few files, served as they are: no step of collection between an installation and its first page.
STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "signaux_faibles.web.components.design_system.DesignSystemFinder",
]
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
