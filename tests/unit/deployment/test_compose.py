"""docker-compose.yml and its .env.example hold together."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from config.load import load_settings
from news.keys import key_id_of

ROOT = Path(__file__).resolve().parents[3]
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONE_SHOT = {"elasticsearch-setup", "kibana-setup"}
NEWSDEX = ["newsdex", "newsdex-embedded"]  # health checked by the Dockerfile
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
SET_BY_EXAMPLE = set(re.findall(r"^([A-Z_]+)=", EXAMPLE, re.MULTILINE))
READ_BY_CLIENT = {"COMPOSE_PROFILES", "NEWSDEX_ADMIN_KEY"}  # by the compose client itself, and as a secret


def variables() -> set[str]:
    return set(re.findall(r"(?<!\$)\$\{([A-Z_]+)", (ROOT / "docker-compose.yml").read_text(encoding="utf-8")))


def test_every_variable_stands_in_the_example_and_no_other() -> None:
    assert variables() | READ_BY_CLIENT == SET_BY_EXAMPLE


def test_every_password_is_required_and_empty_in_the_example() -> None:
    text = (ROOT / "docker-compose.yml").read_text(encoding="utf-8")
    secret = {name for name in variables() if name.endswith(("_PASSWORD", "_KEY"))}
    assert len(secret) == 5
    for name in secret | {"NEWSDEX_ADMIN_KEY"}:
        assert re.search(rf"^{name}=$", EXAMPLE, re.MULTILINE), name
    for name in secret:
        assert set(re.findall(rf"\$\{{{name}(.)", text)) == {":"}, f"{name} has no :? everywhere"
        assert f"${{{name}:-" not in text


def test_services_of_each_profile() -> None:
    by_profile: dict[str, set[str]] = {}
    for name, service in SERVICES.items():
        for profile in service["profiles"]:
            by_profile.setdefault(profile, set()).add(name)
    assert by_profile == {
        "elasticsearch": {"newsdex", "elasticsearch", "elasticsearch-setup", "kibana", "kibana-setup"},
        "embedded": {"newsdex-embedded"},
        "postgresql": {"postgresql"},
    }


def test_everything_that_stays_up_is_health_checked_and_restarted() -> None:
    for name, service in SERVICES.items():
        if name in ONE_SHOT:
            assert service["restart"] == "no"
            continue
        assert service["restart"] == "unless-stopped"
        assert name in NEWSDEX or service["healthcheck"]["test"]


def test_conditions_fit_what_is_waited_for() -> None:
    for name, service in SERVICES.items():
        for other, how in service.get("depends_on", {}).items():
            wanted = "service_completed_successfully" if other in ONE_SHOT else "service_healthy"
            assert how["condition"] == wanted, f"{name} waits for {other}"
            shared = set(service["profiles"]) <= set(SERVICES[other]["profiles"])
            assert shared or how["required"] is False, f"{name} would drag {other} in"


def test_what_is_kept_lies_in_named_volumes() -> None:
    used = set()
    for service in SERVICES.values():
        for volume in service.get("volumes", []):
            source = volume.split(":")[0]
            if source.startswith("./"):
                assert (ROOT / source).exists()
                assert volume.endswith(":ro")
            else:
                used.add(source)
    assert used == set(COMPOSE["volumes"])


def test_ports_are_published_to_this_machine_unless_told_otherwise() -> None:
    ports = [port for service in SERVICES.values() for port in service.get("ports", [])]
    assert len(ports) == 3
    assert all(re.match(r"\$\{[A-Z]+_PUBLISH:-127\.0\.0\.1\}:", port) for port in ports)
    assert "9200" not in str(ports)
    assert "5432" not in str(ports)


def test_security_of_elasticsearch_is_on() -> None:
    assert SERVICES["elasticsearch"]["environment"]["xpack.security.enabled"] == "true"
    assert SERVICES["newsdex"]["environment"]["NEWSDEX_ENGINE__ELASTICSEARCH_USERNAME"] == "newsdex"


@pytest.mark.parametrize("name", NEWSDEX)
def test_newsdex_is_given_settings_it_knows(name: str, tmp_path: Path) -> None:
    given = {key: str(value) for key, value in SERVICES[name]["environment"].items()}
    values = {key: re.sub(r"\$\{[A-Z_]+(:-([^}]*)|:\?[^}]*)\}", r"\2", text) for key, text in given.items()}
    settings = load_settings(None, environ={**values, "HOME": str(tmp_path)}, cwd=tmp_path)
    assert settings.engine.kind == ("embedded" if name == "newsdex-embedded" else "elasticsearch")
    assert settings.database_url is None
    assert str(settings.web.initial_key_file) == f"/run/secrets/{SERVICES[name]['secrets'][0]['source']}"
    assert SERVICES[name]["cap_drop"] == ["ALL"]


def test_address_of_postgresql_in_the_example_is_its_service(tmp_path: Path) -> None:
    found = re.search(r"^# NEWSDEX_DATABASE_URL=(\S+)$", EXAMPLE, re.MULTILINE)
    assert found
    assert found[1] == "postgresql+psycopg://newsdex@postgresql/newsdex"
    assert SERVICES["postgresql"]["environment"]["POSTGRES_USER"] == "newsdex"
    assert SERVICES["postgresql"]["environment"]["POSTGRES_DB"] == "newsdex"


class TestMakeEnv:
    """deploy/make-env.sh"""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        (tmp_path / "deploy").mkdir()
        for name in (".env.example", "deploy/make-env.sh"):
            (tmp_path / name).write_bytes((ROOT / name).read_bytes())
        return tmp_path

    def run(self, folder: Path) -> subprocess.CompletedProcess[str]:
        command = ["sh", "deploy/make-env.sh"]
        return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)

    def test_fills_every_secret_with_another_value(self, folder: Path) -> None:
        assert self.run(folder).returncode == 0
        lines = (folder / ".env").read_text().splitlines()
        values = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
        secrets = {name: value for name, value in values.items() if name.endswith(("_PASSWORD", "_KEY"))}
        assert len(set(secrets.values())) == len(secrets) == 6
        assert key_id_of(values["NEWSDEX_ADMIN_KEY"]), "the key newsdex takes in"
        assert all(len(value) >= 32 for value in secrets.values())
        assert values["NEWSDEX_PUBLISH"] == "127.0.0.1"
        assert (folder / ".env").stat().st_mode & 0o077 == 0

    def test_keeps_an_existing_file(self, folder: Path) -> None:
        (folder / ".env").write_text("mine\n")
        done = self.run(folder)
        assert done.returncode == 1
        assert ".env exists" in done.stderr
        assert (folder / ".env").read_text() == "mine\n"


def test_compose_client_accepts_every_profile(tmp_path: Path) -> None:
    client = os.environ.get("COMPOSE_CLIENT")
    if not client:
        pytest.skip("set COMPOSE_CLIENT to a docker compose binary; docs/deployment.md tells how one is built")
    environment = dict.fromkeys(SET_BY_EXAMPLE, "x" * 40) | {"NEWSDEX_PORT": "8000", "KIBANA_PORT": "5601"}
    environment |= {"NEWSDEX_PUBLISH": "127.0.0.1", "KIBANA_PUBLISH": "127.0.0.1", "ELASTIC_MEMORY": "2g"}
    for profiles in ("elasticsearch", "embedded", "elasticsearch,postgresql", "embedded,postgresql"):
        done = subprocess.run(
            [client, "--env-file", "/dev/null", "config", "--quiet"],
            cwd=ROOT,
            env={**environment, "COMPOSE_PROFILES": profiles, "HOME": str(tmp_path)},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        assert done.stderr == ""
