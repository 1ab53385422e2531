import os
import time

from bench.chaosapp.models import Made
from common import files
from common.jobs.models import Job
from common.jobs.registry import Write, job, keeps_files


@job("chaos")
def make(task: Job) -> Write:
    time.sleep(task.payload.get("seconds", 0))
    data = os.urandom(20_000)
    path = f"chaos/{task.token}.bin"
    files.write_whole(path, data)

    def write() -> None:
        Made.objects.create(scope=task.scope, path=path, sha256=files.sha256(data))

    return write


@keeps_files("chaos")
def kept() -> set[str]:
    return set(Made.objects.values_list("path", flat=True))
