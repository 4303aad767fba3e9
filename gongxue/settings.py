"""Settings, all from the environment. Without any, a site on SQLite; `gongxue serve --production` refuses what is not safe."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

env = environ.Env()
BASE_DIR = Path(__file__).parent.parent
VAR = Path(env.str("GONGXUE_VAR", default=str(BASE_DIR / "var")))
VAR.mkdir(parents=True, exist_ok=True)  # the database, its lock and the demo's clock live here: SQLite makes a file, never a folder
FILES = VAR / "files"
"""Where what people hand in lies: see gongxue/records/files.py."""
BACKUPS = Path(env.str("GONGXUE_BACKUPS", default=str(VAR / "backups")))
"""Where the nightly backup and the one before an upgrade are put: best on another disk."""
BACKUPS_KEPT = env.int("GONGXUE_BACKUPS_KEPT", default=14)
"""How many nightly backups are kept; 0 makes none."""
BUILT = BASE_DIR / "build" / "assets"
"""What set-up compiles and copies for the browser: scripts/build_assets.py."""

DEMO_KEY = "demo-only-key-that-production-refuses"
SECRET_KEY = env.str("GONGXUE_SECRET_KEY", default=DEMO_KEY)
DEBUG = env.bool("GONGXUE_DEBUG", default=False)
STARTED = env.float("GONGXUE_STARTED", default=0.0)  # seconds since 1970 at which `gongxue serve` began; 0 where it did not
DEMO = env.bool("GONGXUE_DEMO", default=False)
PRODUCTION = env.bool("GONGXUE_PRODUCTION", default=False)
"""Behind TLS: cookies are Secure, and browsers are told to stay with https."""
PROGRAMME = env.str("GONGXUE_PROGRAMME", default="hsinchu-111")
"""The programme year that is open now: what the public pages show and what a new application is made under."""
AVAILABLE = env.int("GONGXUE_AVAILABLE", default=0)
"""Dollars that the city has for the open programme, shown beside what is asked for; 0 where that is not known yet."""
ALLOWED_HOSTS = env.list("GONGXUE_HOSTS", default=["127.0.0.1", "localhost", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("GONGXUE_ORIGINS", default=[])
ADDRESS = env.str("GONGXUE_ADDRESS", default="http://127.0.0.1:8000").rstrip("/")
"""Where people reach the site: the beginning of the links in letters."""
PROXIES = env.int("GONGXUE_PROXIES", default=0)
"""How many reverse proxies of our own stand before us: so many entries at the end of X-Forwarded-For are believed."""

INSTALLED_APPS = [
    "gongxue.records",
    "gongxue.site.demo",  # before the shell: its strip stands in the place of the shell's
    "gongxue.site.accounts",
    "gongxue.site.mail",
    "gongxue.site.people",
    "gongxue.site",
    "gongxue.stages.preparing",
    "gongxue.stages.applying.drafting",
    "gongxue.stages.applying.papers",
    "gongxue.stages.applying.signing",
    "gongxue.stages.applying.submitting",
    "gongxue.stages.applying.overseeing",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django_q",
    "django_htmx",
    "template_partials",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "gongxue.site.leading.Leading",  # before Entry, whose line in the log tells what was answered
    "gongxue.site.entry.Entry",
    "csp.middleware.CSPMiddleware",
    "gongxue.site.headers.Headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "gongxue.site.speaking.Speaking",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "gongxue.site.acting.Acting",
    "gongxue.site.refusing.Refusing",
]
ROOT_URLCONF = "gongxue.urls"
WSGI_APPLICATION = "gongxue.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": ["django.template.context_processors.request", "gongxue.site.shell.shell"],
            "builtins": [
                "gongxue.site.templatetags.gongxue",
                "gongxue.site.templatetags.pieces",
                "gongxue.site.templatetags.parts",
                "django.templatetags.i18n",
                "django.templatetags.static",
            ],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default=f"sqlite:///{VAR / 'gongxue.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["ENGINE"] = "gongxue.records.sqlite"
    # A file, because SQLite's shared memory databases have other locks than files: races tested there would prove nothing.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}
elif DATABASES["default"]["ENGINE"] == "django.db.backends.postgresql":
    DATABASES["default"]["ENGINE"] = "gongxue.records.postgresql"
DATABASES["default"]["CONN_MAX_AGE"] = None
# Rate limits count here, so every worker must see the same cache: one in memory is each process's own, files are each machine's own. The
# database is the one thing that all workers share already, and nobody has to run another server for it.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        "OPTIONS": {"MAX_ENTRIES": 50_000},  # of 300, Django's own limit, a stranger with many addresses would push out his counts
    },
    # Where the background's processes would say twice a second that they live: in the database's cache that is a write each time.
    "nowhere": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},
}

Q_CLUSTER = {
    "name": "gongxue",
    "label": "Background",
    "orm": "default",  # the queue stands in our database: a task is there when, and only when, what asked for it is
    "cache": "nowhere",
    "broker_class": "gongxue.site.queue.Bounded",
    "workers": env.int("GONGXUE_BACKGROUND_WORKERS", default=2),
    "timeout": 240,  # seconds a task may take
    "retry": 300,  # seconds after which one whose worker was killed runs again
    "max_attempts": 5,  # of one that fails, or kills its worker; it stays to be seen
    "poll": 1.0,  # seconds between two looks at an empty queue: reads, which on SQLite hold up nobody
    "guard_cycle": 1.0,
    "catch_up": False,  # what was due several times while the machine was off runs once
    "recycle": 500,
    "max_rss": 300_000,  # kilobytes after which a worker makes room for a new one
    "save_limit": 100,
}

AUTH_USER_MODEL = "records.User"
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["gongxue.records.passwords.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL, LOGOUT_URL, ACCOUNT_URL = "/accounts/login/", "/accounts/logout/", "/accounts/"
LOGIN_REDIRECT_URL, ACCOUNT_LOGOUT_REDIRECT_URL = "home", "front"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "gongxue.site.accounts.strength.Long", "OPTIONS": {"min_length": 10}},
    {"NAME": "gongxue.site.accounts.strength.Uncommon"},
    {"NAME": "gongxue.site.accounts.strength.Unlike", "OPTIONS": {"user_attributes": ("email", "name", "phone")}},
]
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60

ACCOUNT_ADAPTER = "gongxue.site.accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "gongxue.site.accounts.adapters.SocialAdapter"
MFA_ADAPTER = "gongxue.site.accounts.adapters.SecondStepAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # addresses come from the city or from an invitation, never from a form that strangers fill in
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False  # no letters to whoever a stranger names
ACCOUNT_SESSION_REMEMBER = True  # as long as SESSION_COOKIE_AGE says
ACCOUNT_RATE_LIMITS = {  # a school of sixty is one address
    "login": "120/m/ip",
    "login_failed": "30/m/ip,5/5m/key",
    "reset_password": "30/m/ip,3/5m/key",
    "reset_password_from_key": "30/m/ip",
    "change_password": "10/m/user",
    "reauthenticate": "10/m/user",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_ALLOW_UNVERIFIED_EMAIL = True  # who is brought in by the city has proven nothing yet, and may have a second step
MFA_TOTP_TOLERANCE = 1  # phones' clocks are off by a little

OIDC_NAME = env.str("GONGXUE_OIDC_NAME", default="")
OIDC_ISSUER = env.str("GONGXUE_OIDC_ISSUER", default="").rstrip("/")
"""The city's own log-in service (OpenID Connect); "" where there is none, and then its addresses are not there either."""
OIDC_ORIGINS = env.list("GONGXUE_OIDC_ORIGINS", default=["/".join(OIDC_ISSUER.split("/")[:3])] if OIDC_ISSUER else [])
"""Where that service's log-in page stands, when not at the issuer's own address: the browser must be allowed to be sent there."""
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "city",
                "name": OIDC_NAME or OIDC_ISSUER,
                "client_id": env.str("GONGXUE_OIDC_CLIENT_ID", default=""),
                "secret": env.str("GONGXUE_OIDC_CLIENT_SECRET", default=""),
                "settings": {"server_url": OIDC_ISSUER},
            }
        ]
        if OIDC_ISSUER
        else [],
    }
}

MAIL_URL = env.str("GONGXUE_MAIL_URL", default="")
"""The mail server: smtp://HOST:PORT, smtp+tls:// with STARTTLS, smtps:// with TLS from the start; USER:PASSWORD@ before the host, signs in
them written as in an address (%40 for @). "" sends nothing: letters wait in the outbox."""
MAIL_FROM = env.str("GONGXUE_MAIL_FROM", default="共學 Gongxue <gongxue@localhost>")
"""Who letters are from, as their readers see it."""
MAIL_BOUNCES = env.str("GONGXUE_MAIL_BOUNCES", default="")
"""Where mail that cannot be delivered comes back to, such as bounces@example.edu.tw: each letter goes out from bounces+ITS-NUMBER@…,
and the mail server hands what comes back to `gongxue bounce`. "" lets it come back to MAIL_FROM, unread."""
MAIL_PATIENCE = env.int("GONGXUE_MAIL_PATIENCE", default=30)
"""Seconds to wait for each answer of the mail server; after the letter four times as long."""

USE_TZ = True
TIME_ZONE = "Asia/Taipei"
USE_I18N = True
LANGUAGE_CODE = "zh-hant"
LANGUAGES = [("zh-hant", "中文"), ("en", "English")]
LANGUAGE_COOKIE_NAME = "language"

STATIC_URL = "static/"
STATIC_ROOT = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BUILT] if BUILT.is_dir() else []
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

SESSION_COOKIE_NAME = "session"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a working day: staff-room computers are shared
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = PRODUCTION
CSRF_FAILURE_VIEW = "gongxue.site.errors.csrf_failed"
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if PRODUCTION else 0
SECURE_SSL_REDIRECT = PRODUCTION
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked by the machine itself, without TLS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXIES else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *OIDC_ORIGINS],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
# A full draft is some 200 fields; pasted member lists come as one field. Photos and scans are counted apart, by the forms that take them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_HANDLERS = [
    "gongxue.site.uploads.bounds.Bounded",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

LOGGING_CONFIG = "gongxue.site.log.configure"
LOGGING = {"level": env.str("GONGXUE_LOG_LEVEL", default="INFO")}
