"""Embedders: the shipped model served without torch, and any other model by name or path."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from pytest_httpserver import HTTPServer

from ingest.errors import NianbaoError
from vectorstore.embedding import (
    MODEL_FOLDER,
    WEIGHTS_FILE,
    default_embedder,
    load_embedder,
    static_embedder,
)
from vectorstore.tokens import text_to_tokens

ROOT = Path(__file__).parents[1]

TEXTS = [
    "2023年，新收政府信息公开申请44件，比上年增加16件。",
    "解读材料群众看不懂怎么办",
    "云江市市场监督管理局 2024年 五、存在的主要问题及改进情况 校园食堂检查情况公开后没有下文。",
    "水",
    "！？",
    "",
    "龘靐齉",
    "WeChat 12345",
]
# The repository's limit for the model, and the project's for its folder in the package.
MEGABYTE = 1024 * 1024
LARGEST_MODEL = 12 * MEGABYTE

# --- The shipped model ----------------------------------------------------------------------------


def test_vectors_are_those_of_sentence_transformers() -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(MODEL_FOLDER), device="cpu", local_files_only=True)
    expanded = [" ".join(text_to_tokens(text)) for text in TEXTS]
    theirs = model.encode(expanded, convert_to_numpy=True, show_progress_bar=False)
    assert np.allclose(default_embedder().encode(TEXTS), theirs, atol=1e-5)


def test_the_shipped_model_is_served_without_torch() -> None:
    program = (
        "import sys; from vectorstore.embedding import load_embedder; "
        "load_embedder().encode(['公开']); "
        "print([m for m in ('torch', 'transformers', 'sentence_transformers') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert done.stdout.strip() == "[]", done.stderr


def test_a_vector_has_length_one_and_a_text_without_words_has_none() -> None:
    lengths = np.linalg.norm(default_embedder().encode(TEXTS), axis=1)
    assert lengths == pytest.approx([1, 1, 1, 1, 0, 0, lengths[6], 0])


def test_a_text_gives_the_same_vector_alone_and_among_many() -> None:
    embedder = default_embedder()
    many = embedder.encode(TEXTS * 40)
    assert np.array_equal(many[: len(TEXTS)], many[-len(TEXTS) :])
    assert np.allclose(embedder.encode(TEXTS[:1])[0], many[0], atol=1e-6)


def test_no_texts_give_no_vectors() -> None:
    assert default_embedder().encode([]).shape == (0, default_embedder().dimension)


@pytest.mark.parametrize(
    ("question", "answer", "other"),
    [
        ("还有哪些不足", "存在的主要问题是更新滞后。", "本年度未收取信息处理费。"),
        ("有没有被起诉", "全年没有发生行政诉讼案件。", "组织业务培训三次。"),
        ("有没有收钱", "本年度未收取信息处理费。", "微信公众号推送信息二百条。"),
        ("人手够吗", "专职人员不足，由一人兼任。", "公布财政预算和决算。"),
    ],
)
def test_a_sentence_that_answers_is_nearer_than_one_that_does_not(
    question: str, answer: str, other: str
) -> None:
    asked, *said = default_embedder().encode([question, answer, other])
    assert asked @ said[0] > asked @ said[1]


def test_the_model_is_small_and_holds_nothing_that_runs() -> None:
    files = [path for path in MODEL_FOLDER.rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) < LARGEST_MODEL
    assert {path.suffix for path in files} <= {".safetensors", ".json", ".txt", ".md"}


def test_the_name_changes_with_the_weights(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, copy)
    assert static_embedder(copy).name == default_embedder().name
    weights = bytearray((copy / WEIGHTS_FILE).read_bytes())
    weights[-1] ^= 1
    (copy / WEIGHTS_FILE).write_bytes(weights)
    assert static_embedder(copy).name != default_embedder().name


def test_a_model_of_ones_own_training_is_loaded_from_its_folder(tmp_path: Path) -> None:
    copy = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, copy)
    mine = load_embedder(str(copy))
    assert np.array_equal(mine.encode(TEXTS), default_embedder().encode(TEXTS))


@pytest.mark.parametrize("damage", ["missing", "truncated", "tokenizer"])
def test_a_damaged_model_is_said_in_one_sentence(tmp_path: Path, damage: str) -> None:
    copy = tmp_path / "model"
    shutil.copytree(MODEL_FOLDER, copy)
    weights = copy / WEIGHTS_FILE
    if damage == "missing":
        weights.unlink()
    elif damage == "truncated":
        weights.write_bytes(weights.read_bytes()[:1000])
    else:
        vocabulary = {"model": {"vocab": {"[UNK]": 0, "公": 1}, "unk_token": "[UNK]"}}
        (copy / "tokenizer.json").write_text(json.dumps(vocabulary), encoding="utf-8")
    with pytest.raises(NianbaoError, match="请重新安装"):
        static_embedder(copy)


@pytest.mark.parametrize(
    "word", ["云江市青槐区水利局", "闸机", "口袋书", "宅基地", "鳏寡", "2024年"]
)
def test_words_that_training_never_saw_still_have_a_vector(word: str) -> None:
    assert np.linalg.norm(default_embedder().encode([word])) == pytest.approx(1)


# --- Other models ---------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def transformer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A transformer of one tiny layer with random weights, built on the spot."""
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.base.modules import Transformer
    from sentence_transformers.sentence_transformer.modules import Pooling
    from transformers import BertConfig, BertModel, BertTokenizer

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("tiny")
    words = [
        "[PAD]",
        "[UNK]",
        "[CLS]",
        "[SEP]",
        "[MASK]",
        *"公开申请为这个句子生成表示以用于检索相关文章",
    ]
    (folder / "vocab.txt").write_text("\n".join(dict.fromkeys(words)), encoding="utf-8")
    config = BertConfig(
        vocab_size=len(dict.fromkeys(words)),
        hidden_size=16,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=16,
        max_position_embeddings=64,
    )
    BertModel(config).save_pretrained(folder / "bert")
    BertTokenizer(str(folder / "vocab.txt")).save_pretrained(folder / "bert")
    inner = Transformer(str(folder / "bert"))
    model = SentenceTransformer(modules=[inner, Pooling(16)], device="cpu")
    model.save(str(folder / "bge-tiny-zh"), create_model_card=False)
    model.save(str(folder / "plain"), create_model_card=False)
    return folder


def test_a_transformer_in_a_folder_is_an_embedder(transformer: Path) -> None:
    embedder = load_embedder(str(transformer / "plain"))
    vectors = embedder.encode(["公开", "申请"])
    assert vectors.dtype == np.float32
    assert vectors.shape == (2, embedder.dimension) == (2, 16)
    assert np.linalg.norm(vectors, axis=1) == pytest.approx([1, 1], abs=1e-5)
    assert embedder.encode([]).shape == (0, 16)


def test_a_bge_model_puts_its_instruction_before_questions_only(transformer: Path) -> None:
    plain = load_embedder(str(transformer / "plain"))
    bge = load_embedder(str(transformer / "bge-tiny-zh"))
    instructed = plain.encode(["为这个句子生成表示以用于检索相关文章：公开"])
    assert np.allclose(bge.encode(["公开"], query=True), instructed, atol=1e-5)
    assert np.allclose(bge.encode(["公开"]), plain.encode(["公开"]), atol=1e-5)
    assert np.allclose(plain.encode(["公开"], query=True), plain.encode(["公开"]), atol=1e-5)


@pytest.mark.parametrize("file", ["modeling_x.py", "pytorch_model.bin", "weights/data.pkl"])
def test_a_model_folder_that_could_run_something_is_refused(
    transformer: Path, tmp_path: Path, file: str
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(transformer / "plain", folder)
    (folder / file).parent.mkdir(exist_ok=True)
    (folder / file).write_text("raise SystemExit('it ran')", encoding="utf-8")
    with pytest.raises(NianbaoError, match=Path(file).name) as refusal:
        load_embedder(str(folder))
    assert "\n" not in str(refusal.value)


@pytest.mark.parametrize("content", [{}, {"config.json": "{"}, {"modules.json": "[{}]"}])
def test_a_folder_without_a_whole_model_is_said_in_one_sentence(
    tmp_path: Path, content: dict[str, str]
) -> None:
    for name, text in content.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(NianbaoError, match="不能作为向量模型读取"):
        load_embedder(str(tmp_path))


@pytest.fixture
def hub_out_of_reach(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    from huggingface_hub import constants

    monkeypatch.setattr(constants, "HF_HUB_OFFLINE", True)
    monkeypatch.setattr(constants, "HF_HUB_CACHE", str(tmp_path / "cache"))
    yield


@pytest.mark.usefixtures("hub_out_of_reach")
@pytest.mark.parametrize("name", ["BAAI/bge-small-zh-v1.5", "no/such/name", "/no/such/folder"])
def test_a_model_that_is_nowhere_is_said_with_what_to_do(name: str) -> None:
    with pytest.raises(NianbaoError, match=r"取不到向量模型.*自带的模型") as refusal:
        load_embedder(name)
    assert "\n" not in str(refusal.value)


@pytest.mark.usefixtures("hub_out_of_reach")
def test_a_hub_model_in_the_local_cache_is_used_offline(transformer: Path, tmp_path: Path) -> None:
    repository = tmp_path / "cache" / "models--city--tiny"
    snapshot = repository / "snapshots" / "0123456789abcdef0123456789abcdef01234567"
    shutil.copytree(transformer / "plain", snapshot)
    (repository / "refs").mkdir()
    (repository / "refs" / "main").write_text(snapshot.name, encoding="utf-8")
    embedder = load_embedder("city/tiny")
    assert embedder.name.startswith("city/tiny@")
    assert embedder.encode(["公开"]).shape == (1, 16)


# A process of its own, because huggingface_hub reads its settings when it is imported. It opens the
# library as the program does and says which model it got and what that makes of a question.
OPENED_WITH_A_NAMED_MODEL = """
import json
from assistant.opening import open_library
from assistant.settings import Settings
from ingest.errors import NianbaoError

try:
    with open_library(Settings(), print) as library:
        embedder = library.embedder()
        vector = embedder.encode(["公开"], query=True)[0]
        print(json.dumps({"name": embedder.name, "vector": vector.tolist()}))
except NianbaoError as error:
    print(json.dumps({"error": str(error)}, ensure_ascii=False))
"""


def opened_with(name: str, endpoint: str, folder: Path) -> dict[str, Any]:
    """What a new process says that has this model in its setting and this hub in its environment."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("HF_")}
    environment |= {
        "NIANBAO_EMBEDDING": name,
        "NIANBAO_DATA": str(folder / "data"),
        "HF_ENDPOINT": endpoint,
        "HF_HOME": str(folder / "cache"),
        "NO_PROXY": "localhost,127.0.0.1",
        "PYTHONUTF8": "1",
    }
    command = [sys.executable, "-c", OPENED_WITH_A_NAMED_MODEL]
    child = subprocess.run(
        command, cwd=ROOT, env=environment, check=True, capture_output=True, encoding="utf-8"
    )
    said: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return said


@pytest.fixture
def hub(transformer: Path, tmp_path: Path, httpserver: HTTPServer) -> HTTPServer:
    """A model hub on loopback that holds city/bge-tiny-zh, with a program among its files."""
    revision, repository = "0123456789abcdef0123456789abcdef01234567", "city/bge-tiny-zh"
    folder = transformer / "bge-tiny-zh"
    files = {p.relative_to(folder).as_posix(): p for p in folder.rglob("*") if p.is_file()}
    (tmp_path / "evil.py").write_text("raise SystemExit('it ran')", encoding="utf-8")
    files["modeling_x.py"] = tmp_path / "evil.py"
    tree = [
        {"type": "file", "path": name, "size": path.stat().st_size, "oid": name}
        for name, path in files.items()
    ]
    api = f"/api/models/{repository}"
    about = {"id": repository, "sha": revision, "siblings": []}
    httpserver.expect_request(f"{api}/revision/main").respond_with_json(about)
    httpserver.expect_request(f"{api}/tree/{revision}").respond_with_json(tree)
    for name, path in files.items():
        headers = {"ETag": f'"{name}"', "X-Repo-Commit": revision}
        place = f"/{repository}/resolve/{revision}/{name}"
        httpserver.expect_request(place).respond_with_data(path.read_bytes(), headers=headers)
    return httpserver


def test_a_hub_model_is_fetched_once_and_then_used_without_the_hub(
    hub: HTTPServer, transformer: Path, tmp_path: Path
) -> None:
    endpoint = hub.url_for("").rstrip("/")
    fetched = opened_with("city/bge-tiny-zh", endpoint, tmp_path)
    paths = [request.path for request, _ in hub.log]
    assert any(path.endswith("model.safetensors") for path in paths)
    assert not [path for path in paths if path.endswith(".py")]
    again = opened_with("city/bge-tiny-zh", endpoint, tmp_path)
    assert len(hub.log) == len(paths)
    own = load_embedder(str(transformer / "bge-tiny-zh")).encode(["公开"], query=True)[0]
    assert fetched["name"].startswith("city/bge-tiny-zh@")
    assert fetched == again
    assert fetched["vector"] == pytest.approx(own.tolist(), abs=1e-5)


def test_a_model_that_the_hub_does_not_hold_is_said_with_what_to_do(
    hub: HTTPServer, tmp_path: Path
) -> None:
    said = opened_with("city/absent", hub.url_for("").rstrip("/"), tmp_path)
    assert re.search(r"取不到向量模型.*自带的模型", said["error"])
    assert hub.log


def test_two_models_of_one_shape_have_different_names(transformer: Path, tmp_path: Path) -> None:
    other = tmp_path / "plain"
    shutil.copytree(transformer / "plain", other)
    config = json.loads((other / "config_sentence_transformers.json").read_text(encoding="utf-8"))
    config["prompts"] = {"query": "问：", "document": ""}
    (other / "config_sentence_transformers.json").write_text(json.dumps(config), encoding="utf-8")
    one, two = load_embedder(str(transformer / "plain")), load_embedder(str(other))
    assert one.name.split("@")[1] != two.name.split("@")[1]
