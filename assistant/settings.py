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
    parse_seconds: int = Field(
        default=60,
        ge=1,
        description="解析单个文件的时间上限（秒），识别扫描件在内；不用识别的文件，处理器时间不得超过其五分之一",
    )
    auth: str | None = Field(
        default=None,
        description="账号文件的路径，不设则为数据目录里的 accounts.json；有账号就须登录，"
        "监听本机以外的地址必须有账号。设为 off 表示不登录，只可用于前面另有登录的内网",
    )
    root_path: str = Field(
        default="", description="反向代理给网页的前缀，如 /nianbao；不在子路径下则不设"
    )
    hosts: str = Field(
        default="",
        description="网页的域名，多个用逗号隔开；设了就只应答发给这些域名（和本机）的请求",
    )
    proxies: str = Field(
        default="127.0.0.1",
        description="可信的反向代理的地址，多个用逗号隔开；只信它们转告的访问者地址与 https",
    )
    upload_files: int = Field(default=500, ge=1, description="每人留在网页上的上传文件的份数上限")
    upload_megabytes: int = Field(
        default=2000, ge=1, description="每人留在网页上的上传文件的总大小上限（MB）"
    )
    audit_content: bool = Field(
        default=False, description="操作记录里是否连问题的内容一并记下；默认只记谁、何时、做了什么"
    )


def shown(settings: Settings) -> dict[str, str]:
    """The effective settings as people may see them: variable → value, secrets masked."""
    return {
        f"NIANBAO_{name.upper()}": "（未设）" if value is None else str(value)
        for name, value in settings
    }
