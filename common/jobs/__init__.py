"""Background work. The table is the job list; Celery (or the local worker's poll) only wakes somebody up.

registry   which function does a kind of job                    apps: @job, @on_failure, @keeps_files
queue      put on the list, ask how far it is                   apps: enqueue, progress, retry, cancel
bell       wakes a Celery worker, or gives up quickly
leases     take, renew, finish, give back, sweep                workers only
runner     one attempt at one job                               workers only
local      worker without Redis: polls the table                manage.py worker
tasks      worker with Redis: what Celery calls
janitor    removes files that no row names
"""
