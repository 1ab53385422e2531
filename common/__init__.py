"""Named bricks that know no app: constraints, refusals, jobs, PDF, files, sheets, pinyin, calendar, UI tags.

A brick moves here when a second app needs it. There is no ``utils.py``.
"""
