# The whole vocabulary of this project. `make` alone lists it.
PYTHON ?= python3
BIN := .venv/bin
LOCK := $(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --custom-compile-command "make lock" $(UPGRADE)
PORT ?= 8000
ASSETS := build/static/staticfiles.json
SAMPLES := samples/autonomous.json samples/cross-school.json samples/with-errors.json

.DEFAULT_GOAL := help
.PHONY: help run demo test soak check bench docs pictures lock clean
.DELETE_ON_ERROR:

help: ## 列出這些指令 | list these commands
	@awk -F ' ## ' '/^[a-z]+:.* ## / { split($$1, name, ":"); printf "make %-8s %s\n", name[1], $$2 }' Makefile

run: .venv/.ready-run node_modules/.ready $(ASSETS) ## 安裝，填好示範城市，開啟網站 | set up, fill the demo's city, serve it
	@$(BIN)/python -m gongxue.site.demo
	@GONGXUE_DEMO=1 $(BIN)/gongxue serve --port $(PORT)

demo: .venv/.ready-run node_modules/.ready ## 把範例印成附件二，放在 var/demo | print the samples as official forms into var/demo
	@scripts/print-samples.sh $(BIN)/gongxue var/demo

test: .venv/.ready-dev node_modules/.ready $(ASSETS) ## 執行所有測試，兩種資料庫；缺少的程式會列名 | run every test, on both databases, naming what the machine lacks
	@scripts/install-debian-packages.sh test
	@$(BIN)/python scripts/run_tests.py $(ARGS)

soak: .venv/.ready-dev node_modules/.ready $(ASSETS) ## 以完整次數執行長時間試驗 | run the long trials with their full numbers
	@scripts/install-debian-packages.sh test
	@GONGXUE_SOAK=1 $(BIN)/python scripts/run_tests.py $(ARGS)

check: .venv/.ready-dev ## 檢查程式碼：格式、型別、樓層、相依 | check the code: style, types, floors, dependencies
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .

bench: .venv/.ready-dev node_modules/.ready $(ASSETS) ## 量測速度與記憶體，超過上限即失敗 | measure speed and memory; a missed limit fails
	@$(BIN)/python -m compileall -q gongxue
	$(BIN)/python -m bench.run $(ARGS)

docs: .venv/.ready-run ## 由計畫的資料重製 docs/plan | make docs/plan anew from the programmes
	@$(BIN)/python scripts/make_plan_pages.py

pictures: .venv/.ready-dev node_modules/.ready $(ASSETS) ## 重拍操作指南的圖 | take the guides' pictures anew
	@scripts/install-debian-packages.sh test
	@GONGXUE_PICTURES=1 $(BIN)/python -m pytest -q -n 0 tests/journeys/test_convener.py tests/journeys/test_school.py tests/journeys/test_city.py

lock: .venv/.ready-dev ## 重新鎖定套件版本（UPGRADE=--upgrade 可更新）| lock the dependencies anew (UPGRADE=--upgrade takes newer ones)
	$(LOCK) pyproject.toml requirements/run.in -o requirements/run.txt
	$(LOCK) requirements/dev.in -o requirements/dev.txt
	$(LOCK) requirements/node.in -o requirements/node.txt
	npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund
	@touch requirements/*.txt && $(MAKE) --no-print-directory .venv/.ready-dev node_modules/.ready
	$(BIN)/python scripts/list_licences.py

clean: ## 刪除安裝與檢查的產物，不動資料 | remove what set-up and checks made; data stays
	rm -rf .venv node_modules build dist gongxue.egg-info .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
	find gongxue -name '*.mo' -delete

# What follows happens by itself, and again only when a lock changed.
# A .venv remembers its folder: one that was copied or moved does not work, and is made anew.
ifneq ($(shell cat .venv/.ready-run 2>/dev/null),$(CURDIR))
.PHONY: .venv/.ready-run
endif
.venv/.ready-run: requirements/run.txt pyproject.toml scripts/make-venv.sh
	@PYTHON="$(PYTHON)" scripts/make-venv.sh
	@echo "$(CURDIR)" > $@

.venv/.ready-dev: requirements/dev.txt .venv/.ready-run
	@echo "Installing the tools for tests and checks (requirements/dev.txt)"
	@$(BIN)/python -m pip install --quiet --require-hashes -r requirements/dev.txt
	@touch $@

node_modules/.ready: package-lock.json scripts/npm-install.sh | .venv/.ready-run
	@scripts/npm-install.sh

# The stylesheet, scripts and English catalogues; anew when one of their sources changed.
$(ASSETS): package-lock.json scripts/build_assets.py scripts/messages.py $(shell find gongxue -path '*/styles/*.scss' -o -path '*/static/*' -type f -o -name '*.po' -o -name 'paper.css') | .venv/.ready-run node_modules/.ready
	@$(BIN)/python scripts/build_assets.py
