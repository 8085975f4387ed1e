# 年报助手：网页与接口。构建：docker build -t nianbao .    用法见 docs/serving.md
# Any Debian 12 with Python 3.11 as `python` will do, where this one cannot be fetched.
ARG BASE=python:3.11-slim-bookworm
FROM ${BASE} AS build
# PyTorch without CUDA, a tenth of the size; an offline mirror can be named instead.
ARG PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
RUN python -m venv /opt/nianbao
WORKDIR /source
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY assistant assistant
COPY ingest ingest
COPY prompts prompts
COPY vectorstore vectorstore
RUN /opt/nianbao/bin/pip install --constraint requirements.lock . "psycopg[binary]>=3.3,<4"

FROM ${BASE}
# Scans need tesseract, old Word files LibreOffice, both a Chinese font.
# hadolint ignore=DL3008
RUN apt-get update \
    && apt-get install --yes --no-install-recommends \
        fontconfig fonts-noto-cjk libreoffice-writer-nogui tesseract-ocr tesseract-ocr-chi-sim tini \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/nianbao nianbao \
    && install --directory --owner nianbao --group nianbao --mode 700 /data
COPY --from=build /opt/nianbao /opt/nianbao
ENV PATH=/opt/nianbao/bin:$PATH NIANBAO_DATA=/data LANG=C.UTF-8 PYTHONUNBUFFERED=1
USER 10001
WORKDIR /home/nianbao
VOLUME /data
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:7860/healthz', timeout=4)"]
ENTRYPOINT ["tini", "--", "nianbao"]
# It refuses to start on this address until there is an account.
CMD ["serve", "--host", "0.0.0.0"]
