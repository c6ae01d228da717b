"""Every setting newsdex has: its name, default, bounds and meaning.

The field descriptions are the documentation: `newsdex init` writes them as comments and docs/configuration.md is
checked against them.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, model_validator

from config.source_values import TimeZone, Url
from news.alerts import LEAST_SECRET_BYTES, read_secret
from news.urls import normalize_url

MIB = 1024 * 1024
MAIL_ADDRESS = r"[^@\s<>]+@[^@\s<>]+"


def _split_names(value: Any) -> Any:
    """Split a comma-separated list of names, as given in an environment variable."""
    return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value


def _mail_address(text: str) -> str:
    if not re.fullmatch(MAIL_ADDRESS, text):
        raise ValueError("is not a mail address; write one such as desk@example.org")
    return text


def _signing_secret(secret: SecretStr) -> SecretStr:
    if read_secret(secret.get_secret_value()) is None:
        raise ValueError(f"is not whsec_ and at least {LEAST_SECRET_BYTES} bytes in Base64")
    return secret


Address = Annotated[Url, AfterValidator(lambda url: normalize_url(url) or url)]  # normalized, as requests need it
HostNames = Annotated[tuple[str, ...], BeforeValidator(_split_names)]
MailAddresses = Annotated[tuple[Annotated[str, AfterValidator(_mail_address)], ...], BeforeValidator(_split_names)]
SigningSecret = Annotated[SecretStr, AfterValidator(_signing_secret)]


class Section(BaseModel):
    """A frozen group of settings that refuses unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class CrawlSettings(Section):
    """How pages are fetched."""

    user_agent: str = Field(
        "newsdex/0.1 (+https://github.com/newsdex/newsdex)",
        description="Sent with every request; say who runs this and where they can be reached",
    )
    delay_seconds: float = Field(1.0, ge=0, le=3600, description="Shortest time between two requests to one host")
    max_delay_seconds: float = Field(
        60,
        ge=0,
        le=3600,
        description="The delay grows up to this while a host is slow or failing; a host may ask for a longer one",
    )
    concurrency: int = Field(4, ge=1, le=64, description="Requests in flight at a time in one crawl")
    crawls: int = Field(4, ge=1, le=64, description="Crawls that one worker runs at the same time")
    timeout_seconds: float = Field(30, gt=0, le=600, description="Time limit for one request, body included")
    max_body_bytes: int = Field(16 * MIB, ge=1024, description="Largest body accepted, measured after decompression")
    max_redirects: int = Field(10, ge=0, le=30, description="Redirects followed for one URL")
    max_sitemap_depth: int = Field(3, ge=1, le=10, description="How deeply nested sitemap indexes are followed")
    max_urls_per_document: int = Field(50_000, ge=1, description="URLs taken from one feed, sitemap or section page")
    max_urls_per_crawl: int = Field(20_000, ge=1, description="Most requests in one crawl; the rest stays due")
    max_crawl_seconds: float = Field(3600, gt=0, description="Longest time for one crawl; the rest stays due")
    max_retry_after_seconds: float = Field(86_400, ge=0, description="Longest Retry-After that is honoured")
    allow_private_networks: bool = Field(
        False, description="Let crawls reach private, loopback and link-local addresses; only for sites of your own"
    )
    trusted_proxy: str | None = Field(
        None, description="URL of a proxy for all requests; it is trusted to refuse private addresses"
    )


class BrowserSettings(Section):
    """The browser that renders pages of sources with `render: browser`."""

    path: Path | None = Field(
        None,
        description="Chromium executable; null finds chromium, chromium-browser or google-chrome on the PATH",
    )
    sandbox: bool = Field(
        True,
        description="Chromium's own sandbox; off only where there is none: as root, in some containers",
    )
    timeout_seconds: float = Field(
        60, gt=0, le=600, description="Time limit for rendering one page, waiting for the host included"
    )
    max_requests: int = Field(
        40, ge=0, le=1000, description="Most scripts and data files fetched while one page is rendered"
    )


class ExtractionSettings(Section):
    """The processes that extract pages."""

    processes: int | None = Field(None, ge=1, le=256, description="Extraction processes; null means one per core")
    timeout_seconds: float = Field(20, gt=0, le=600, description="Pages that take longer are abandoned")
    memory_bytes: int = Field(1024 * MIB, ge=128 * MIB, description="Address space of one extraction process")
    max_pending: int = Field(64, ge=1, description="Pages that may wait for extraction before fetching pauses")


class ArchiveSettings(Section):
    """The WARC files."""

    max_file_bytes: int = Field(256 * MIB, ge=MIB, description="A WARC file is closed at this size")


class EngineSettings(Section):
    """The search engine."""

    kind: Literal["embedded", "elasticsearch"] = Field(
        "embedded", description="embedded needs no server; elasticsearch is for more than one machine"
    )
    elasticsearch_url: str = Field("http://localhost:9200", description="Address of Elasticsearch 8.19 or 9.x")
    elasticsearch_username: str | None = Field(None, description="User name, if security is on")
    elasticsearch_password: SecretStr | None = Field(None, description="Its password")
    elasticsearch_api_key: SecretStr | None = Field(None, description="API key, instead of user name and password")
    elasticsearch_ca_file: Path | None = Field(None, description="Certificate authority of the server, in PEM")
    elasticsearch_shards: int = Field(
        0, ge=0, le=1024, description="Primary shards of the next index built; 0 chooses by the number of articles"
    )
    index_name: str = Field(
        "newsdex", pattern=r"^[a-z0-9][a-z0-9_-]{0,99}$", description="Prefix of the index and alias names"
    )
    timeout_seconds: float = Field(30, gt=0, description="Time limit for one call to the engine")
    bulk_count: int = Field(500, ge=1, le=10_000, description="Most documents in one write")
    bulk_bytes: int = Field(8 * MIB, ge=1024, description="Most bytes in one write")


class SearchSettings(Section):
    """What searches can do besides."""

    meaning: bool = Field(
        False,
        description="Let searches ask for hits in the order of meaning (`meaning`): the daemon makes a vector of each "
        "article, some 70 ms of CPU; for texts in English; needs the extra newsdex[meaning]",
    )


class WebSettings(Section):
    """The web page and the API."""

    host: str = Field(
        "127.0.0.1",
        description="Address to listen on; an address that other machines can reach requires that a key exists",
    )
    port: int = Field(8000, ge=0, le=65535, description="Port to listen on; 0 picks a free one")
    open_reads: bool = Field(
        False,
        description="Let anyone who can reach the address search and read without a key; writing always needs one",
    )
    requests_per_minute: int | None = Field(
        None,
        ge=0,
        le=1_000_000,
        description="Requests that one key, or one address without a key, may make a minute; 0 sets no limit, null "
        "sets 600 where others reach the address and none elsewhere",
    )
    initial_key_file: Path | None = Field(
        None, description="File with a key of `newsdex keys generate`, taken as an admin key at start; for containers"
    )


class DaemonSettings(Section):
    """The daemon and the worker process it keeps running."""

    worker_crawls: int = Field(1000, ge=1, description="The worker process is replaced after this many crawls")
    worker_memory_bytes: int = Field(
        1024 * MIB,
        ge=128 * MIB,
        description="The worker process is replaced at this memory use, once its crawls are finished",
    )
    stop_seconds: float = Field(
        8, ge=0, le=60, description="How long requests in flight may take to finish when the daemon is told to stop"
    )


class AlertSettings(Section):
    """Where the matches of standing searches go."""

    public_url: str | None = Field(
        None,
        pattern=r"^https?://[^\s?#]+$",
        description="Address at which readers reach the page; feeds and mails link to it",
        json_schema_extra={"wanted": "a web address such as https://news.example"},
    )
    trusted_hosts: HostNames = Field(
        (),
        description="Hosts that webhooks may reach even though their address is private",
        json_schema_extra={"wanted": "a list of host names, or names with commas between"},
    )
    webhook_timeout_seconds: float = Field(10, gt=0, le=60, description="Time limit for one webhook request")
    attempts: int = Field(
        8, ge=1, le=20, description="Attempts to send an alert before giving up; the default takes about ten hours"
    )
    smtp_host: str | None = Field(None, description="Mail server to send through; null sends no mail")
    smtp_port: int = Field(587, ge=1, le=65535, description="Its port")
    smtp_security: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="Encryption of the connection; none only for a server on this machine"
    )
    smtp_username: str | None = Field(None, description="User name, if it asks for one")
    smtp_password: SecretStr | None = Field(None, description="Its password")
    mail_from: str | None = Field(
        None, pattern=f"^{MAIL_ADDRESS}$", description="Sender address of mails; needed with smtp_host"
    )


class NoticeSettings(Section):
    """Who is told when something goes wrong and when it is over; mails use the server of `alerts`."""

    emails: MailAddresses = Field(
        (),
        description="Mail addresses of the people who operate newsdex",
        json_schema_extra={"wanted": "a list of mail addresses, or addresses with commas between"},
    )
    webhook_url: Address | None = Field(
        None,
        description="URL that notices are posted to as JSON; Slack, Mattermost and the like show its `text`",
        json_schema_extra={"wanted": "a web address such as https://hooks.example.org/newsdex"},
    )
    webhook_secret: SigningSecret | None = Field(
        None,
        description="Secret that signs webhook requests, as in Standard Webhooks; null signs nothing",
        json_schema_extra={"wanted": "whsec_ and at least 24 bytes in Base64, such as `openssl rand -base64 32` makes"},
    )
    urgent_after_seconds: float = Field(
        300,
        ge=0,
        le=86_400,
        description="How long a trouble that stops all work must last, or be gone, before that is reported",
    )
    warning_after_seconds: float = Field(
        1800, ge=0, le=604_800, description="The same for a trouble of one source or one task"
    )
    most_per_hour: int = Field(6, ge=1, le=60, description="Most notices in an hour; the rest waits for the next hour")
    heartbeat_url: Address | None = Field(
        None,
        description="URL requested by GET while nothing urgent is wrong, for a monitor that notices when this stops",
        json_schema_extra={"wanted": "a web address such as https://hc-ping.com/…"},
    )
    heartbeat_seconds: float = Field(300, ge=10, le=86_400, description="How often it is requested")


class RetentionSettings(Section):
    """How long records are kept; everything is kept for good unless you say otherwise."""

    fetch_days: int | None = Field(
        None,
        ge=1,
        description="Fetch records, crawls, slots and ended requests, fills and alarms older than this are deleted",
    )
    archive_days: int | None = Field(
        None, ge=1, description="WARC files older than this are deleted; their pages can't be extracted again"
    )
    archive_bytes: int | None = Field(
        None,
        ge=2 * MIB,
        description="The oldest WARC files go while the archive is larger; at least twice archive.max_file_bytes",
    )


class LogSettings(Section):
    """What is logged, on standard error."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        "info", description="The least urgent events that are logged"
    )
    format: Literal["text", "json"] = Field("text", description="text for people, json for one object per line")


class Settings(Section):
    """All settings of one installation."""

    data_dir: Path = Field(
        Path("~/.local/share/newsdex"), description="Where the database, the archive and the embedded index live"
    )
    database_url: str | None = Field(
        None, description="postgresql+psycopg://… for PostgreSQL; null keeps SQLite in the data folder"
    )
    sources_dir: Path | None = Field(
        None, description="Folder for your own source files; a file there replaces the shipped one with the same id"
    )
    time_zone: TimeZone = Field(
        "UTC",
        description="Time zone in which the page and the command line show times",
        json_schema_extra={"wanted": "an IANA name such as Europe/Istanbul"},
    )
    shipped_sources: bool = Field(
        True, description="Whether to use the sources that come with newsdex besides your own"
    )
    crawl: CrawlSettings = CrawlSettings()
    browser: BrowserSettings = BrowserSettings()
    extraction: ExtractionSettings = ExtractionSettings()
    archive: ArchiveSettings = ArchiveSettings()
    engine: EngineSettings = EngineSettings()
    search: SearchSettings = SearchSettings()
    web: WebSettings = WebSettings()
    daemon: DaemonSettings = DaemonSettings()
    alerts: AlertSettings = AlertSettings()
    notices: NoticeSettings = NoticeSettings()
    retention: RetentionSettings = RetentionSettings()
    log: LogSettings = LogSettings()

    @model_validator(mode="after")
    def _archive_has_room(self) -> Settings:
        """Check that the archive can hold the file being written and one before it, or nothing could be read again."""
        kept, one = self.retention.archive_bytes, self.archive.max_file_bytes
        if kept is not None and kept < 2 * one:
            told = f"retention.archive_bytes is {kept}, less than two files of archive.max_file_bytes ({one})"
            raise ValueError(f"{told}; write at least {2 * one}, or make the files smaller")
        return self
