"""Settings: name, default and help in one place; the only module that reads the environment.

Order: command-line option, then environment (`NIANBAO_…`), then the file `.env` in the working
directory, then the default. Nothing is stored elsewhere, so nothing beats the environment silently.
"""

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Everything that can be set; each field's description is its help in Chinese."""

    model_config = SettingsConfigDict(env_prefix="NIANBAO_", env_file=".env", extra="ignore")

    data: Path = Field(
        default=Path("data"), description="资料库所在的目录（原件、数据、索引都在其中）"
    )
    database: str | None = Field(
        default=None,
        description="记录所在的数据库地址（SQLAlchemy 写法）；不设则用数据目录里的 SQLite",
    )
    embedding: str | None = Field(
        default=None, description="向量模型的名称或路径；不设则用随包附带的模型，无须联网"
    )
    chroma: str | None = Field(
        default=None,
        description="Chroma 服务的地址，如 http://127.0.0.1:8000，它不设密码，只可用于本机或内网；"
        "不设则向量存在数据目录里",
    )
    model: str | None = Field(
        default=None,
        description="语言模型，写作“提供方:名称”，如 openai:qwen-plus；不设则不用语言模型",
    )
    base_url: str | None = Field(default=None, description="语言模型的接口地址（OpenAI 兼容接口）")
    api_key: SecretStr | None = Field(default=None, description="语言模型的密钥")
    timeout: float = Field(default=30, gt=0, description="等待语言模型的秒数，超过即改用原文作答")
    workers: int = Field(default=2, ge=1, le=64, description="入库时同时解析的进程数")
    max_megabytes: int = Field(default=100, ge=1, description="单个文件的大小上限（MB）")
    parse_seconds: int = Field(default=60, ge=1, description="解析单个文件的时间上限（秒）")


def shown(settings: Settings) -> dict[str, str]:
    """The effective settings as people may see them: variable → value, secrets masked."""
    return {
        f"NIANBAO_{name.upper()}": "（未设）" if value is None else str(value)
        for name, value in settings
    }
