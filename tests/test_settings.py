"""Settings come from the environment, and secrets never show."""

import pytest

from assistant.settings import Settings, shown


def test_the_environment_sets_a_setting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_DATA", "/tmp/x")
    assert str(Settings().data) == "/tmp/x"


def test_a_key_is_never_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NIANBAO_API_KEY", "sk-secret")
    assert "sk-secret" not in str(shown(Settings()))
    assert "sk-secret" not in repr(Settings())


def test_every_setting_has_help() -> None:
    assert all(field.description for field in Settings.model_fields.values())
