from django.db import models


class Made(models.Model):
    """One row per finish. Nothing here forbids two per scope: the job list alone must see to it."""

    scope = models.CharField(max_length=80)
    path = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return self.path
