PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
OUTPUT ?= output

.PHONY: help venv browser demo test lint format bench

help:
	@echo "make demo    检查演示城市，生成通报（output/demo/）"
	@echo "make venv    建立虚拟环境"
	@echo "make browser 建立虚拟环境，没有 Chromium 则安装"
	@echo "make test    全部测试"
	@echo "make lint    代码检查"
	@echo "make format  整理代码格式"
	@echo "make bench   速度测量"

venv: $(STAMP)

$(STAMP): requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高版本；可用 make PYTHON=python3.12 指定。" >&2; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV) || \
		{ echo "无法建立虚拟环境；Debian 上请先安装 python3-venv。" >&2; exit 1; }
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	@touch $@

# A browser on the PATH, or Debian's package (as root), or Playwright's own.
browser: $(STAMP)
	@if test -n "$(CHROMIUM)" && test -x "$(CHROMIUM)"; then exit 0; fi; \
	for name in chromium-headless-shell chromium chromium-browser google-chrome; do \
		if command -v $$name >/dev/null; then exit 0; fi; \
	done; \
	if $(BIN)/python -c 'import os, sys; from playwright.sync_api import sync_playwright as p; f = p().start(); \
		found = os.path.exists(f.chromium.executable_path); f.stop(); sys.exit(not found)' 2>/dev/null; then exit 0; fi; \
	if test "$$(id -u)" = 0 && command -v apt-get >/dev/null; then \
		echo "正在安装 Chromium（apt-get）"; \
		{ apt-get install -y -q chromium fonts-noto-cjk || { apt-get update -q && apt-get install -y -q chromium fonts-noto-cjk; }; } && exit 0; \
	fi; \
	echo "正在安装 Chromium（playwright install chromium）"; \
	$(BIN)/playwright install chromium && exit 0; \
	echo "没有找到 Chromium，也未能安装。请安装 chromium，或者用 CHROMIUM=程序路径 指定；" >&2; \
	echo "也可以加 -s BROWSER=never 不用浏览器检查，需要浏览器的栏目将列为待定。" >&2; \
	exit 1

demo: browser
	$(BIN)/scrapy demo --output $(OUTPUT) $(if $(CHROMIUM),-s CHROMIUM=$(CHROMIUM))

test: browser
	$(BIN)/python -m pytest

lint: $(STAMP)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: $(STAMP)
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

bench: browser
	$(BIN)/python -m benchmarks
