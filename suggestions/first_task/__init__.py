"""第一任务: whom to answer in person and why, which leader goes, who may decide what, the years side by side."""
