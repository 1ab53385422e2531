"""One settings file; every value that a site may change is read from the environment.

Without any environment this is the embedded default: SQLite, a local worker, no Redis,
bound to 127.0.0.1. ``.env.example`` explains each variable.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- which of the two ways to run -----------------------------------------------------------
# Embedded = one machine, for a try-out or one desk. Production = PostgreSQL + Redis behind a proxy.
EMBEDDED = env.bool("EMBEDDED", default=True)
DEBUG = env.bool("DEBUG", default=False)
VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))

if EMBEDDED:
    SECRET_KEY = env("SECRET_KEY", default="embedded-only-" + "x7Qd2m9Lk4" * 5)
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
else:
    SECRET_KEY = env("SECRET_KEY")
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    if DEBUG:
        raise ImproperlyConfigured("DEBUG 只能用于嵌入式试用, 生产环境请去掉 DEBUG。")

# --- the house ------------------------------------------------------------------------------
HOUSE_NAME = env("HOUSE_NAME", default="知禾区人民检察院")
HOUSE_SHORT = env("HOUSE_SHORT", default="知禾区检察院")
BRAND = env("BRAND", default="检心·知禾")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.forms",  # its widget templates, for common.forms.Renderer
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "axes",
    "csp",
    "django_filters",
    "django_htmx",
    "template_partials",
    "common",
    "common.jobs",
    "staff",
    "deputies",
    "activities",
    "suggestions",
    "profiles",
    "reports",
    "intake",
    "dashboard",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "staff.middleware.AddressMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "staff.middleware.SessionLimitsMiddleware",
    "staff.middleware.FirstStepsMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "common.http.RefusalMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "liaison.urls"
WSGI_APPLICATION = "liaison.wsgi.application"
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
                "common.http.house",
            ],
            "builtins": ["common.templatetags.ui", "staff.templatetags.staff"],
        },
    },
]
FORM_RENDERER = "common.forms.Renderer"

# --- data -----------------------------------------------------------------------------------
if EMBEDDED and not env("DATABASE_URL", default=""):
    VAR_DIR.mkdir(parents=True, exist_ok=True)  # the very first command already opens the database
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": VAR_DIR / "zhihe.sqlite3",
            # IMMEDIATE + WAL: read-then-write transactions of web and worker wait instead of failing.
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;",
            },
        }
    }
else:
    DATABASES = {"default": env.db("DATABASE_URL")}
    if str(DATABASES["default"]["ENGINE"]).endswith("postgresql"):
        DATABASES["default"] |= {
            "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {
                "options": "-c statement_timeout=15000 -c lock_timeout=5000"
                " -c idle_in_transaction_session_timeout=30000"
                # Compiling a query of ours takes longer than running it.
                " -c jit=off"
            },
        }
# Migrations run as the owner of the tables, web and worker as the narrower role APP_DB_ROLE.
APP_DB_ROLE = env("APP_DB_ROLE", default="")

REDIS_URL = env("REDIS_URL", default="")
if REDIS_URL:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": REDIS_URL,
            "OPTIONS": {"socket_timeout": 1.5, "socket_connect_timeout": 1.5},
        }
    }
else:
    # One folder for web and worker; a cache in memory would not be shared between them.
    CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": VAR_DIR / "cache"}
    }

MEDIA_ROOT = VAR_DIR / "media"
# Production: the proxy sends guarded files itself (X-Accel-Redirect below this internal location).
MEDIA_ACCEL_PREFIX = env("MEDIA_ACCEL_PREFIX", default="")
FONT_DIR = Path(env("FONT_DIR", default=str(VAR_DIR / "fonts")))

# A monitor may read /readyz with "Authorization: Bearer <HEALTH_TOKEN>"; empty: log-in only.
HEALTH_TOKEN = env("HEALTH_TOKEN", default="")

# Everything to the standard error, where systemd, compose or the demo's log folder keeps it. Django's own
# default would print errors only with DEBUG on.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": [], "level": env("LOG_LEVEL", default="WARNING"), "propagate": True},
        "fontTools": {"level": "ERROR"},
    },
}

# --- jobs -----------------------------------------------------------------------------------
# Without Redis the local worker (manage.py worker) polls the same table: no bell to ring.
CELERY_BROKER_URL = REDIS_URL or "memory://"
JOBS_RING_CELERY = bool(REDIS_URL)
JOBS_TIME_LIMIT = 90  # seconds; then the process that does the job is killed
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_SOFT_TIME_LIMIT = 60
CELERY_TASK_TIME_LIMIT = JOBS_TIME_LIMIT
CELERY_WORKER_MAX_TASKS_PER_CHILD = 1000
CELERY_WORKER_MAX_MEMORY_PER_CHILD = 400_000  # kB
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# Short socket time-outs and no second try: with a frozen Redis a click must answer in 3 s (default: over 45 s).
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "socket_timeout": 1.5,
    "socket_connect_timeout": 1.5,
    "max_retries": 0,
}
CELERY_TIMEZONE = "Asia/Shanghai"
CELERY_BEAT_SCHEDULE = {
    "sweep": {"task": "jobs.sweep", "schedule": 30.0},
    "janitor": {"task": "jobs.janitor", "schedule": 3600.0},
}

# --- people and sessions --------------------------------------------------------------------
AUTH_USER_MODEL = "staff.User"
AUTHENTICATION_BACKENDS = [
    "staff.lockout.AddressThrottle",
    "axes.backends.AxesStandaloneBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["staff.passwords.Argon2"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "staff.passwords.ThreeClasses"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ["username", "name"]},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "staff.passwords.NotRecentlyUsed"},
]
PASSWORD_DAYS = env.int("PASSWORD_DAYS", default=90)  # 0: passwords do not grow old
# The three administrators must have a second factor; only a try-out may say otherwise.
MFA_REQUIRED_FOR_ADMINISTRATORS = env.bool("MFA_REQUIRED_FOR_ADMINISTRATORS", default=True)
SESSION_IDLE_MINUTES = env.int("SESSION_IDLE_MINUTES", default=30)
SESSION_HOURS = env.int("SESSION_HOURS", default=10)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600

# Networks of our own proxies. X-Forwarded-For is believed only if the connection comes from one of them
# ("unix": from a local socket); otherwise anybody could write himself a new address for each try.
TRUSTED_PROXY = env.list("TRUSTED_PROXY", default=[])

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=15)
# The pair: a stranger who sprays from elsewhere does not lock the owner out at his own desk.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_USERNAME_FORM_FIELD = "username"  # what allauth passes to authenticate(); "login" would switch axes off
AXES_USERNAME_CALLABLE = "staff.lockout.tried_username"
AXES_CLIENT_IP_CALLABLE = "staff.lockout.client_address"
AXES_LOCKOUT_CALLABLE = "staff.lockout.refused"
AXES_SENSITIVE_PARAMETERS = ["login", "csrfmiddlewaretoken"]
AXES_DISABLE_ACCESS_LOG = True  # our own audit trail has it

ACCOUNT_ADAPTER = "staff.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_REDIRECT_URL = LOGIN_URL
ACCOUNT_FORMS = {"login": "staff.forms.LoginForm", "change_password": "staff.forms.ChangePasswordForm"}
# "login": axes and staff.lockout count those. "login_failed" only limits the tries of a one-time code.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": "5/5m/key"}
MFA_ADAPTER = "staff.adapters.SecondFactorAdapter"
MFA_FORMS = {
    "authenticate": "staff.forms.CodeForm",
    "reauthenticate": "staff.forms.CodeAgainForm",
    "activate_totp": "staff.forms.FirstCodeForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = BRAND
MFA_TOTP_TOLERANCE = 1  # an intranet phone may be half a minute off

# --- language and time ----------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# --- static files ---------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = EMBEDDED
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EMBEDDED
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

# --- the browser's guard rails --------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
if not EMBEDDED:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])  # the own origin is always trusted

SCAN_MAX_MB = env.int("SCAN_MAX_MB", default=20)  # one signed paper
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
