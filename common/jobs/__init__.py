"""Background work. The table is the job list; Celery (or the local worker's poll) only wakes somebody up.

Doors: :func:`common.jobs.queue.enqueue` in an action's transaction, ``@job("kind")`` on the function
that does the work, :func:`common.jobs.queue.progress` for a page.
"""
