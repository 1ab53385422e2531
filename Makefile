# 检心·知禾。每条命令自己准备所需的环境，第二次运行不再安装任何东西。
.PHONY: help demo test check fix bench lock
.DEFAULT_GOAL := help
PYTHON_ENV := .venv/bin/python

help: ## 列出这些命令
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  make \1\t\2/p' Makefile

demo: ## 用演示数据试用（首次约两分钟；无终端时生成三份检察印迹后退出）
	@sh bin/bootstrap.sh demo
	@exec $(PYTHON_ENV) bin/demo.py

test: ## 全部测试，先 SQLite，再 PostgreSQL + Redis
	@sh bin/bootstrap.sh test
	@exec $(PYTHON_ENV) bin/test.py $(ARGS)

check: ## 全部静态检查：格式、类型、楼层、模板、迁移、生产设置、锁定文件
	@sh bin/bootstrap.sh test
	@exec $(PYTHON_ENV) bin/check.py

fix: ## 整理格式，修正能自动修正的写法
	@sh bin/bootstrap.sh test
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format .

bench: ## 测量，结果写入 bench/results.json
	@sh bin/bootstrap.sh test
	@exec $(PYTHON_ENV) bench/run.py $(ARGS)

lock: ## 按 pyproject.toml 重新锁定依赖
	@sh bin/bootstrap.sh test
	@exec $(PYTHON_ENV) bin/lock.py make
