"""Settings of Django; `Environment` reads those that differ from one installation to another."""

from __future__ import annotations

from pathlib import Path

from csp.constants import NONE, SELF

from signaux_faibles.home.home import Home
from signaux_faibles.web.accounts.session_terms import IDLE
from signaux_faibles.web.accounts.sign_in_log import SIGN_INS
from signaux_faibles.web.database.settings import database
from signaux_faibles.web.environment import Environment
from signaux_faibles.web.unlocking.unlock_log import UNLOCKS

ENVIRONMENT = Environment()
WEB = Path(__file__).parent

SF_HOME = Home(ENVIRONMENT.home)
SF_MARQUE_ETAT = ENVIRONMENT.marque_etat
SF_CONTACT = ENVIRONMENT.contact
SF_PUBLISHER = ENVIRONMENT.publisher
SF_PUBLICATION_DIRECTOR = ENVIRONMENT.publication_director
SF_HOSTING = ENVIRONMENT.hosting
SF_DATA_PROTECTION = ENVIRONMENT.data_protection
SF_TRUSTED_PROXIES = ENVIRONMENT.trusted_proxies

SECRET_KEY = ENVIRONMENT.key()
DEBUG = False
ALLOWED_HOSTS = ENVIRONMENT.allowed_hosts.split(",")
ROOT_URLCONF = "signaux_faibles.web.urls"
WSGI_APPLICATION = "signaux_faibles.web.wsgi.application"
APPEND_SLASH = False

INSTALLED_APPS = [
    "signaux_faibles.web.accounts",  # first, because its commands replace those of Django
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "signaux_faibles.web.components",
    "signaux_faibles.web.unlocking",
    "signaux_faibles.web.feedback",
    "signaux_faibles.web.accompagnements",
    "signaux_faibles.web.circulation",
    "signaux_faibles.web.kanban",
    "signaux_faibles.web.alert_work",
    "signaux_faibles.web.journal",
    "signaux_faibles.web.seances",
    "signaux_faibles.web.campagnes",
    "signaux_faibles.web.courriers",
]

MIDDLEWARE = [
    "signaux_faibles.web.headers.headers_alone",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "signaux_faibles.web.headers.permissions_and_cache",
    "signaux_faibles.web.components.static_files.StaticFiles",
    "signaux_faibles.web.components.static_files.CompressedPages",
    "signaux_faibles.web.readable.readable",
    "signaux_faibles.web.errors.method_refused",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "signaux_faibles.web.accounts.session_terms.session_terms",
    "signaux_faibles.web.pinning.pin_snapshot",
    "signaux_faibles.web.accounts.current_agent.current_agent",
    "signaux_faibles.web.accounts.watching.read_only",
    "signaux_faibles.web.accounts.second_factor.gate.ask_second_factor",
    "signaux_faibles.web.accounts.session_purpose.ask_purpose",
    "signaux_faibles.web.accounts.asking_sign_in.AskSignIn",
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
                "signaux_faibles.web.components.templatetags.addresses",
                "signaux_faibles.web.components.templatetags.alert_rows",
                "signaux_faibles.web.components.templatetags.components",
                "signaux_faibles.web.components.templatetags.fields",
                "signaux_faibles.web.components.templatetags.french",
                "signaux_faibles.web.components.templatetags.hits",
                "signaux_faibles.web.components.templatetags.markdown",
                "signaux_faibles.web.components.templatetags.rows",
            ],
        },
    }
]

FORM_RENDERER = "signaux_faibles.web.components.form_controls.FormControls"

DATABASES = {"default": database(ENVIRONMENT.database_url, SF_HOME.application)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.Account"
_VALIDATION = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_VALIDATION}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": f"{_VALIDATION}.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name"), "max_similarity": 0.6},
    },
    {"NAME": f"{_VALIDATION}.CommonPasswordValidator"},
    {"NAME": f"{_VALIDATION}.NumericPasswordValidator"},
]
LOGIN_URL = "sign_in"
LOGIN_REDIRECT_URL = "home"

# Sign-in by ProConnect, where its issuer is set: its endpoints stand under its address.
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "signaux_faibles.web.accounts.proconnect.backend.ProConnectBackend",
]
SF_PROCONNECT_ISSUER = ENVIRONMENT.proconnect_issuer.rstrip("/")
OIDC_RP_CLIENT_ID = ENVIRONMENT.proconnect_client_id
OIDC_RP_CLIENT_SECRET = ENVIRONMENT.proconnect_client_secret
OIDC_OP_AUTHORIZATION_ENDPOINT = f"{SF_PROCONNECT_ISSUER}/authorize"
OIDC_OP_TOKEN_ENDPOINT = f"{SF_PROCONNECT_ISSUER}/token"
OIDC_OP_USER_ENDPOINT = f"{SF_PROCONNECT_ISSUER}/userinfo"
OIDC_OP_JWKS_ENDPOINT = f"{SF_PROCONNECT_ISSUER}/jwks"
OIDC_RP_SIGN_ALGO = "RS256"
OIDC_RP_SCOPES = "openid email"
OIDC_USE_PKCE = True
OIDC_TIMEOUT = 10
OIDC_STORE_ID_TOKEN = True  # asked back at sign-out
OIDC_AUTHENTICATION_CALLBACK_URL = "proconnect_callback"

SF_SECOND_FACTOR = ENVIRONMENT.second_factor
SF_SEAL_KEYS = ENVIRONMENT.seal_keys()

# `session_terms` ends sessions and saves those in use; one also ends when the browser is closed.
SESSION_ENGINE = "signaux_faibles.web.accounts.session_store"
SESSION_COOKIE_AGE = round(IDLE.total_seconds())
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_SECURE = ENVIRONMENT.https
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "signaux_faibles.web.errors.csrf_failure"

SECURE_SSL_REDIRECT = ENVIRONMENT.https
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if ENVIRONMENT.https else None
SECURE_HSTS_SECONDS = 31_536_000 if ENVIRONMENT.https else 0
SECURE_REFERRER_POLICY = "same-origin"

# Only our own files are loaded; `data:` images are the icons inside the style sheet of the design system.
SECURE_CSP = {
    "default-src": [NONE],
    "script-src": [SELF],
    "style-src": [SELF],
    "img-src": [SELF, "data:"],
    "font-src": [SELF],
    "connect-src": [SELF],
    "form-action": [SELF],
    "frame-ancestors": [NONE],
    "base-uri": [NONE],
}
# SECURE_CSP is a setting of Django 6; with its middleware, django-csp and the next line can be removed.
CONTENT_SECURITY_POLICY = {"DIRECTIVES": SECURE_CSP}
X_FRAME_OPTIONS = "DENY"

SF_ADDRESS = ENVIRONMENT.address.rstrip("/")
EMAIL_HOST, EMAIL_PORT, EMAIL_USE_TLS = ENVIRONMENT.smtp_host, ENVIRONMENT.smtp_port, ENVIRONMENT.smtp_tls
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = ENVIRONMENT.smtp_user, ENVIRONMENT.smtp_password
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENVIRONMENT.mail_from

LANGUAGE_CODE = "fr"
TIME_ZONE = "Europe/Paris"
USE_TZ = True

# Files are few and served in place, so that nothing has to be collected between installation and first page.
STATIC_URL = "/static/"
STATICFILES_DIRS = [WEB / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "signaux_faibles.web.components.design_system.DesignSystemFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "signaux_faibles.web.components.static_files.HashedNames"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False
WHITENOISE_MAX_AGE = 3600

# Sign-ins and unlocks are logged one a line (docs/deployment.md); the server sends standard error to the journal.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"act": {"format": "%(asctime)s %(message)s", "datefmt": "%Y-%m-%dT%H:%M:%S%z"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler"},
        "acts": {"class": "logging.StreamHandler", "formatter": "act"},
    },
    "loggers": {name: {"handlers": ["acts"], "level": "INFO", "propagate": False} for name in (SIGN_INS, UNLOCKS)},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
