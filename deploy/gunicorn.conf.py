"""gunicorn for production: threads, because views wait for the database; each thread keeps its own connection."""

import os

bind = f"{os.environ.get('HOST') or '127.0.0.1'}:{os.environ.get('PORT') or '8000'}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 3)
threads = int(os.environ.get("WEB_THREADS") or 4)
preload_app = True  # workers share the memory of the loaded application
max_requests, max_requests_jitter = 10_000, 1_000
timeout = 60
graceful_timeout = 30
keepalive = 75  # longer than proxies keep theirs, so that they never meet a closed one
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS") or "127.0.0.1"
# No access log: the proxy has one, and addresses of feeds do not belong in any.
accesslog = None
