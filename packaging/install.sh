#!/bin/sh
# Installs from the bundle this script lies in, without network. Usage: ./install.sh [FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
target=${1:-/opt/nianbao}
python=${PYTHON:-python3}

"$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
    echo "需要 Python 3.11 以上；可用 PYTHON=/路径/python3.11 指明。" >&2
    exit 1
}
(cd "$here" && sha256sum --quiet --check SHA256SUMS) || {
    echo "安装包不完整，请重新拷贝。" >&2
    exit 1
}
"$python" -m venv "$target"
"$target/bin/python" -m pip install --quiet --disable-pip-version-check --no-index \
    --find-links "$here/wheels" nianbao "psycopg[binary]"
"$target/bin/nianbao" doctor --data "${NIANBAO_DATA:-$target/data}" || true
echo "装好了：$target/bin/nianbao serve --samples"
