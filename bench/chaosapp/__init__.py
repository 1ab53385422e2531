"""A kind of job that writes one small file and one row, to be disturbed."""

urlpatterns: list[object] = []
