"""Settings. Everything that differs between installations comes from the environment.

DATABASE_URL          any PostgreSQL >= 15; without it the embedded server under var/postgres
MOTCUA_VAR            folder of everything that is kept (default: var/)
MOTCUA_SECRET_KEY     signs sessions; without it one is made once and kept in var/secret-key
MOTCUA_DEBUG          1 shows tracebacks in the browser
MOTCUA_HOSTS          host names answered to, separated by commas
MOTCUA_ORIGINS        origins trusted for forms behind a proxy (https://…), separated by commas
MOTCUA_HTTPS          1 when served over HTTPS: secure cookies, HSTS, redirect
MOTCUA_PROXIES        how many proxies of ours stand in front (they write X-Forwarded-For)
MOTCUA_SMTP           mail server: smtp://user:secret@host:25, smtp+tls:// or smtps://
MOTCUA_MAIL_FROM      address that mail comes from
MOTCUA_PUBLIC_URL     where people reach the site (https://…): stands in the QR of every paper
MOTCUA_PUSH           where boards hear that figures moved: ":8001" (that port of the same host), or an
                      address (/boards/live behind a proxy); without it they look once a minute
MOTCUA_ASK_CAS        1: when verifying, ask the CAs of trusted certificates (OCSP, CRL)
MOTCUA_S3             keeps files in an S3-compatible store instead of var/files:
                      https://KEY:SECRET@host/bucket?region=…&prefix=… (KEY and SECRET %-quoted)
MOTCUA_CLAMD          ClamAV's daemon: unix:/run/clamav/clamd.ctl or tcp://host:3310
MOTCUA_TOTP           required | optional: the second step for staff
MOTCUA_TSA            RFC 3161 timestamp authority (http://…); without it signatures carry no timestamp
MOTCUA_TRUST          folder of trusted root certificates (.pem, .crt, .cer); with it B-LT is signed
MOTCUA_REVOCATION     0 signs also where neither OCSP nor CRL answers (default 1: it is refused)
MOTCUA_PKCS11         driver of the signing tokens (….so); a key's own driver goes before it
MOTCUA_REMOTE_SIGNING service that signs hashes (https://…): see integration/remote_signing
MOTCUA_KEYS           folder of PKCS#12 files for trial (default: var/keys)
MOTCUA_LLM_URL        language model that rewords answers (OpenAI-compatible, https://…/v1; http on
                      loopback only); with MOTCUA_LLM_KEY, _MODEL and _SECONDS (default 6). Optional
MOTCUA_OPEN311        agencies whose own systems speak Open311: {"H32.18": {"url": "https://…/v2"}}
MOTCUA_EMBEDDINGS_URL the same for vectors; with MOTCUA_EMBEDDINGS_KEY, _MODEL, _SECONDS (default 2)
"""

import contextlib
import json
import os
import secrets
import urllib.parse
from pathlib import Path
from typing import Any

from motcua.config import embedded, object_store
from motcua.config.paths import PACKAGE, VAR


def _flag(name: str, *, default: str = "0") -> bool:
    return os.environ.get(name, default).lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _kept_secret(file: Path) -> str:
    """Return the secret kept in that file, made on first use and readable by its owner only."""
    file.parent.mkdir(parents=True, exist_ok=True)
    if not file.exists():
        partial = file.with_name(f"{file.name}.{os.getpid()}")
        partial.touch(mode=0o600)
        partial.write_text(secrets.token_urlsafe(50))
        with contextlib.suppress(FileExistsError):  # another process was first; its secret counts
            os.link(partial, file)
        partial.unlink()
    return file.read_text().strip()


SECRET_KEY = os.environ.get("MOTCUA_SECRET_KEY") or _kept_secret(VAR / "secret-key")
# Encrypts identity numbers and TOTP secrets; apart from SECRET_KEY so that either can be changed.
MOTCUA_IDENTITY_KEY = os.environ.get("MOTCUA_IDENTITY_KEY") or _kept_secret(VAR / "identity-key")
DEBUG = _flag("MOTCUA_DEBUG")
HTTPS = _flag("MOTCUA_HTTPS")
ALLOWED_HOSTS = _words("MOTCUA_HOSTS", "localhost,127.0.0.1,[::1],testserver")
CSRF_TRUSTED_ORIGINS = _words("MOTCUA_ORIGINS")
MOTCUA_PROXIES = int(os.environ.get("MOTCUA_PROXIES", "0"))
MOTCUA_TOTP = os.environ.get("MOTCUA_TOTP", "required")
MOTCUA_VAR = VAR
MOTCUA_CLAMD = os.environ.get("MOTCUA_CLAMD", "")
MOTCUA_SCANNER = "motcua.integration.clamav.Clamd"
MOTCUA_TSA = os.environ.get("MOTCUA_TSA", "")
MOTCUA_TRUST = os.environ.get("MOTCUA_TRUST", "")
MOTCUA_REVOCATION = _flag("MOTCUA_REVOCATION", default="1")
MOTCUA_PKCS11 = os.environ.get("MOTCUA_PKCS11", "")
MOTCUA_STAMPER = "motcua.integration.timestamps.Stamper"
MOTCUA_KEY_PORTS = {"remote": "motcua.integration.remote_signing.open_remote"}
MOTCUA_REMOTE_SIGNING = os.environ.get("MOTCUA_REMOTE_SIGNING", "")
MOTCUA_KEYS = Path(os.environ.get("MOTCUA_KEYS") or VAR / "keys")
MOTCUA_LLM_URL = os.environ.get("MOTCUA_LLM_URL", "")
MOTCUA_LLM_KEY = os.environ.get("MOTCUA_LLM_KEY", "")
MOTCUA_LLM_MODEL = os.environ.get("MOTCUA_LLM_MODEL", "default")
MOTCUA_LLM_SECONDS = float(os.environ.get("MOTCUA_LLM_SECONDS", "6"))
MOTCUA_REWRITER = "motcua.integration.language_model.ChatModel"
MOTCUA_EMBEDDINGS_URL = os.environ.get("MOTCUA_EMBEDDINGS_URL", "")
MOTCUA_EMBEDDINGS_KEY = os.environ.get("MOTCUA_EMBEDDINGS_KEY", "")
MOTCUA_EMBEDDINGS_MODEL = os.environ.get("MOTCUA_EMBEDDINGS_MODEL", "default")
MOTCUA_EMBEDDINGS_SECONDS = float(os.environ.get("MOTCUA_EMBEDDINGS_SECONDS", "2"))
MOTCUA_EMBEDDER = "motcua.integration.language_model.EmbeddingModel"
# Agencies whose own systems speak Open311: {"H32.18": {"url": "https://…/open311/v2", "key": "…"}}
MOTCUA_OPEN311 = json.loads(os.environ.get("MOTCUA_OPEN311", "{}"))
MOTCUA_PUBLIC_URL = os.environ.get("MOTCUA_PUBLIC_URL") or (
    next(iter(CSRF_TRUSTED_ORIGINS), "") or "http://localhost:8000"
)
MOTCUA_PUSH = os.environ.get("MOTCUA_PUSH", "")
MOTCUA_QR_KEYS = VAR / "qr-keys"
MOTCUA_ASK_CAS = _flag("MOTCUA_ASK_CAS")

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",  # TemplatesSetting renders its widgets from here
    "procrastinate.contrib.django",
    "motcua.ledger",
    "motcua.directory",
    "motcua.catalog",
    "motcua.documents",
    "motcua.workflow",
    "motcua.payments",
    "motcua.signing",
    "motcua.notifications",
    "motcua.dossiers",
    "motcua.feedback",
    "motcua.supervision",
    "motcua.reporting",
    "motcua.assistant",
    "motcua.web.ui",
    "motcua.web.accounts",
    "motcua.web.asking",
    "motcua.web.portal",
    "motcua.web.desk",
    "motcua.web.boards",
    "motcua.web.devices",
    "motcua.web.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "motcua.config.middleware.ContentSecurityPolicyMiddleware",
    "motcua.config.middleware.ReadableAddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "motcua.config.middleware.ChosenLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "motcua.web.accounts.middleware.ActorMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "motcua.config.middleware.WithheldFileMiddleware",
]

ROOT_URLCONF = "motcua.config.urls"
WSGI_APPLICATION = "motcua.config.wsgi.application"
ASGI_APPLICATION = "motcua.config.asgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
                "motcua.web.accounts.context.actor",
            ],
            "builtins": ["django.templatetags.i18n", "django.templatetags.static"],
        },
    }
]
FORM_RENDERER = "motcua.config.forms.Renderer"

DATABASES: dict[str, dict[str, Any]] = {
    "default": {
        # Whoever starts a process calls embedded.ensure_database() first; importing settings
        # (mypy, editors) starts nothing.
        **embedded.django_database(os.environ.get("DATABASE_URL", "postgresql:///motcua")),
        "CONN_MAX_AGE": None,  # persistent: doubles the throughput of pages
        "CONN_HEALTH_CHECKS": True,
        "TEST": {"NAME": os.environ.get("MOTCUA_TEST_DB", "test_motcua")},
    }
}
# Parameters go beside the statement, and a statement asked often is planned once per connection:
# halves what PostgreSQL spends on an act. A pooler in transaction mode needs MOTCUA_PREPARE=0.
DATABASES["default"]["OPTIONS"] |= {
    "server_side_binding": True,
    "prepare_threshold": 5 if _flag("MOTCUA_PREPARE", default="1") else None,
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "directory.Account"
AUTHENTICATION_BACKENDS = ["motcua.web.accounts.backend.PasswordBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
LOGIN_URL = "accounts:login"
LOGIN_REDIRECT_URL = "/"

SESSION_COOKIE_AGE = 8 * 3600  # one working day
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_NAME = "motcua_phien"
MOTCUA_IDLE_SECONDS = 2 * 3600
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "motcua.config.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if MOTCUA_PROXIES else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LANGUAGE_CODE = "vi"
LANGUAGES = [("vi", "Tiếng Việt"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGE_COOKIE_NAME = "ngon_ngu"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Asia/Ho_Chi_Minh"
USE_THOUSAND_SEPARATOR = True
FORMAT_MODULE_PATH = ["motcua.config.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_MAX_AGE = 0 if DEBUG else 3600
MEDIA_ROOT = VAR / "files"
STORAGES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": MEDIA_ROOT, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
if os.environ.get("MOTCUA_S3"):
    STORAGES["default"] = object_store.storage(os.environ["MOTCUA_S3"])

# Without a mail server what would be sent lies in var/mail, one file for each message.
_SMTP = urllib.parse.urlsplit(os.environ.get("MOTCUA_SMTP", ""))
_MAIL = "smtp" if _SMTP.hostname else "filebased"
EMAIL_BACKEND = f"django.core.mail.backends.{_MAIL}.EmailBackend"
EMAIL_FILE_PATH = VAR / "mail"
EMAIL_HOST, EMAIL_PORT = _SMTP.hostname or "localhost", _SMTP.port or 25
EMAIL_HOST_USER = urllib.parse.unquote(_SMTP.username or "")
EMAIL_HOST_PASSWORD = urllib.parse.unquote(_SMTP.password or "")
EMAIL_USE_TLS = _SMTP.scheme == "smtp+tls"
EMAIL_USE_SSL = _SMTP.scheme == "smtps"
EMAIL_TIMEOUT = 15
DEFAULT_FROM_EMAIL = os.environ.get("MOTCUA_MAIL_FROM", "motcua@localhost")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("MOTCUA_LOG", "WARNING")},
    "loggers": {"django.request": {"level": "ERROR"}},
}

PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "jobs"
PROCRASTINATE_ON_APP_READY = "motcua.config.listening.register"
SILENCED_SYSTEM_CHECKS: list[str] = []

# Shared by all processes of a machine, so that a throttle counts what came in through any of them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR / "cache",
        "OPTIONS": {"MAX_ENTRIES": 3000},  # beyond it a third is dropped at random, throttles too
    }
}
