"""What an installation may set from outside, read once and documented here (docs/settings.md is checked against it)."""

import os
import secrets
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlparse

SETTINGS: dict[str, str] = {
    "STRATE_HOME": "Folder of the data: database, files, keys, logs (default: ./var).",
    "STRATE_DATABASE_URL": "postgresql://user:password@host:port/name for a plant; empty: the embedded SQLite.",
    "STRATE_HOSTS": "Names under which the site is reached, separated by commas (default: any name, for a first try).",
    "STRATE_HTTPS": "1 when the site is served over TLS: secure cookies, HSTS, camera and passkeys.",
    "STRATE_DEBUG": "1 shows tracebacks in the browser; never on a real site.",
    "STRATE_PORT": "Port of the web server (default: 8000).",
    "STRATE_ADDRESS": "Address the web server listens on (default: 127.0.0.1).",
    "STRATE_LOG": "Level of the logs: DEBUG, INFO, WARNING or ERROR (default: INFO).",
}


@dataclass(frozen=True)
class Environment:
    """The STRATE_* variables of this process."""

    home: Path
    database_url: str
    hosts: list[str]
    https: bool
    debug: bool
    port: int
    address: str
    log: str

    @classmethod
    def read(cls) -> "Environment":
        get = os.environ.get
        return cls(
            home=Path(get("STRATE_HOME") or "var").resolve(),
            database_url=get("STRATE_DATABASE_URL", ""),
            hosts=[h.strip() for h in get("STRATE_HOSTS", "*").split(",") if h.strip()],
            https=get("STRATE_HTTPS", "") == "1",
            debug=get("STRATE_DEBUG", "") == "1",
            port=int(get("STRATE_PORT", "8000")),
            address=get("STRATE_ADDRESS", "127.0.0.1"),
            log=get("STRATE_LOG", "INFO"),
        )

    def secret_key(self) -> str:
        """The secret of this installation, made once and kept in its own folder with narrow rights."""
        path = self.home / "keys" / "django.secret"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)
            path.write_text(secrets.token_urlsafe(50))
        return path.read_text().strip()

    def databases(self) -> dict[str, dict[str, object]]:
        """Django's DATABASES: the embedded SQLite with full durability, or the plant's PostgreSQL."""
        if not self.database_url:
            return {"default": embedded(self.home / "strate.sqlite3")}
        url = urlparse(self.database_url)
        return {
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": url.path.lstrip("/"),
                "USER": unquote(url.username or ""),
                "PASSWORD": unquote(url.password or ""),
                "HOST": unquote(url.hostname or "") or unquote(url.query.removeprefix("host=")),
                "PORT": str(url.port or ""),
                "CONN_MAX_AGE": 600,
                "CONN_HEALTH_CHECKS": True,
                # A statement said all day long is planned once for each connection, not at each saying.
                "OPTIONS": {"server_side_binding": True, "prepare_threshold": 5},
            }
        }


def embedded(path: Path) -> dict[str, object]:
    """SQLite as a record keeper: WAL + FULL, since NORMAL lost acknowledged commits in most simulated power cuts."""
    return {
        "ENGINE": "strate.web.sqlite",
        "NAME": str(path),
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": (
                "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
                "PRAGMA cell_size_check=ON;"
            ),
        },
    }
