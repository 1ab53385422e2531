"""Marks round a title that may carry marks of its own: the inner ones are single (GB/T 15834)."""

_IN_QUOTES = str.maketrans("“”", "‘’")
_IN_BRACKETS = str.maketrans("《》", "〈〉")


def quoted(title: str) -> str:
    return f"“{title.translate(_IN_QUOTES)}”"


def titled(title: str) -> str:
    return f"《{title.translate(_IN_BRACKETS)}》"
