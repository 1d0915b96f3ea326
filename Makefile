# 问对 Wendui. `make` alone prints the help below.
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help
SHELL := /bin/sh

PYTHON ?= python3
BIN := .venv/bin
RUN := $(BIN)/python -m pipeline
PYTEST := $(BIN)/python -m pytest

# 语料与结果可另行指定 / another corpus or outputs: make analyze CORPUS=folder OUTPUTS=folder
CORPUS ?=
OUTPUTS ?=
WORKERS ?=
REPORTS ?= $(WENDUI_EXTRA_CORPUS)
WHERE := $(if $(CORPUS),--corpus "$(CORPUS)") $(if $(OUTPUTS),--outputs "$(OUTPUTS)")
TO := $(if $(OUTPUTS),--outputs "$(OUTPUTS)")

.PHONY: help setup analyze figures report notebooks explore test test-all gate check bench train-roles train-points train-codes train-words train-characters train-lines train-titles train-starts train-genres lock clean

help: ## 显示本帮助 / show this help
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  make %-11s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready ## 建立虚拟环境 .venv / make the virtual environment

# The build tools come first, from the same lock file: jieba ships no wheel and is built with them.
.venv/.ready: requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	awk '/^[a-z]/{keep = /^(packaging|setuptools|wheel)==/} keep' requirements.lock > .venv/build-tools.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r .venv/build-tools.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --no-build-isolation -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

analyze: setup ## 分析语料，写出表、图、报告 / analyze the corpus: tables, figures, report
	$(RUN) analyze $(WHERE) $(if $(WORKERS),--workers $(WORKERS))

figures: setup ## 重画全部图 / draw all figures again
	$(RUN) figures $(TO)

report: setup ## 重写 report.html / write the report again
	$(RUN) report $(TO)

notebooks: setup ## 生成 .ipynb / make notebooks from their sources
	$(BIN)/jupytext --to ipynb notebooks/*.py

explore: notebooks ## 打开 JupyterLab / open the notebooks in JupyterLab
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r explore.lock
	$(BIN)/jupyter lab notebooks

test: setup ## 测试（只需 Python）/ tests that need Python alone
	$(PYTEST) -m "not slow" -n 2

test-all: setup ## 全部测试（另需 Chromium、LibreOffice）/ all tests
	$(PYTEST) -n 2

gate: setup ## 质量闸：与标注对照，不得低于下限 / accuracy on gold against pinned floors
	$(PYTEST) tests/gate -s -q

check: setup ## 代码检查：ruff 与 mypy --strict / lint, format, types
	$(BIN)/ruff check pipeline tests notebooks
	$(BIN)/ruff format --check pipeline tests notebooks
	$(BIN)/mypy

bench: setup ## 基准：各阶段每 MB 的 CPU 秒与峰值内存 / CPU seconds a MB and peak memory of each stage
	$(BIN)/python -m tests.bench $(if $(CORPUS),"$(CORPUS)")

train-roles: setup ## 重新训练句子角色模型 / fit the role model of sentences anew
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.train.roles

train-points: setup ## 重新训练条目裁判与措辞选择 / fit the judge of claims and their words anew
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.train.points

train-codes: setup ## 由自编条目与标注重训编码与配对 / train codes and links anew
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.train.codes

train-words: setup ## 重新学习与编码本用词相近的词 / learn the relatives of the codebook's phrases anew
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.train.words

train-characters: setup ## 重新统计字模型（REPORTS=公开报告文件夹）/ count the character model anew (REPORTS=folder)
	$(BIN)/python -m tests.train.characters "$(REPORTS)"

train-genres: setup ## 重新训练文种判别 / fit the model of genres anew
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.train.genres

train-lines: setup ## 重新训练网页行与报告行的判别 / fit anew what tells a page's lines from a report's
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.train.page_lines

train-titles: setup ## 重新训练网页里报告标题的选择 / fit anew the choice of a report's title on its page
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.train.titles

train-starts: setup ## 重新训练一个文件里各篇报告从哪一行开始的模型 / fit anew the model of the lines with which reports in a file begin
	OMP_NUM_THREADS=1 $(BIN)/python -m tests.train.starts

lock: ## 重新锁定依赖（需要 uv）/ lock the dependencies anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra dev --output-file requirements.lock pyproject.toml .ci/build-tools.in
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --no-annotate \
		--extra explore --constraint requirements.lock --output-file explore.lock pyproject.toml

clean: ## 删除结果与缓存（语料不动）/ remove results and caches, never the corpus
	rm -rf outputs/tables outputs/comparison outputs/figures outputs/.state outputs/report.html outputs/run.json outputs/failures.csv
	rm -rf .pytest_cache .mypy_cache .ruff_cache .hypothesis build notebooks/*.ipynb
