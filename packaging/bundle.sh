#!/bin/sh
# Makes an offline bundle: every wheel, an installer, instructions. Run it on a machine with network
# and the same system and Python as the one without. Usage: packaging/bundle.sh [FOLDER]
set -eu
cd "$(dirname "$0")/.."
python=${PYTHON:-python3}
version=$(sed -n 's/^version = "\(.*\)"$/\1/p' pyproject.toml)
target=${1:-dist/nianbao-$version-offline}

rm -rf "$target"
mkdir -p "$target/wheels"
"$python" -m pip wheel --quiet --disable-pip-version-check --constraint requirements.lock \
    --wheel-dir "$target/wheels" . "psycopg[binary]>=3.3,<4"
cp packaging/install.sh packaging/nianbao.service packaging/nginx.conf LICENSE "$target/"
cp packaging/离线安装.md "$target/安装说明.md"
(cd "$target" && find . -type f ! -name SHA256SUMS -exec sha256sum {} + > SHA256SUMS)
tar --create --file "$target.tar" --directory "$(dirname "$target")" "$(basename "$target")"
echo "离线安装包：$target.tar（$(du -h "$target.tar" | cut -f1)）"
