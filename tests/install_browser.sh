#!/bin/sh
# Finds Chromium, a Chinese font and the text recogniser, or installs Debian's where that is allowed.
# Never fails: the tests that need them are skipped, with a sentence that says so.
has_browser() { command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1; }
has_font() { command -v fc-list >/dev/null 2>&1 && [ -n "$(fc-list :lang=zh 2>/dev/null)" ]; }

has_recogniser() { tesseract --list-langs 2>/dev/null | grep -q chi_sim; }

if has_browser && has_font && has_recogniser; then exit 0; fi
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "没有找到 Chromium、中文字体或 tesseract，也无权安装：浏览器测试与图像识别测试将跳过。"
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
echo "正在安装 Chromium、中文字体与 tesseract（仅供测试）……"
apt-get update -qq >/dev/null 2>&1
apt-get install -y -qq --no-install-recommends chromium fonts-wqy-zenhei fontconfig \
    tesseract-ocr tesseract-ocr-chi-sim >/dev/null 2>&1 ||
    echo "安装未成：浏览器测试与图像识别测试将跳过。"
exit 0
