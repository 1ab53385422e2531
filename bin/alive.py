"""Exit 0 if the web server of this container answers /healthz, asked as the proxy would ask."""

import os
import sys
import urllib.request

port = os.environ.get("BIND", "127.0.0.1:8000").rpartition(":")[2]
host = os.environ.get("ALLOWED_HOSTS", "localhost").split(",")[0].strip().lstrip(".")
headers = {"Host": host, "X-Forwarded-Proto": "https"}
request = urllib.request.Request(f"http://127.0.0.1:{port}/healthz", headers=headers)
opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
try:
    with opener.open(request, timeout=4) as response:
        sys.exit(response.status != 200)
except OSError:
    sys.exit(1)
