"""Redis, when it answers. When it is down or hung, pages go on: a table or nothing takes its place for a while."""

import logging
import time

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.dummy import DummyCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError
from redis.retry import Retry

log = logging.getLogger(__name__)

PAUSE_SECONDS = 10
PATIENCE_SECONDS = 0.25


class SteadyRedisCache(BaseCache):
    """Options: `meanwhile`, the table to use while Redis is away (without it, nothing is kept), and `longest`, the
    most seconds that anything is kept. After a failure Redis is left alone for ten seconds by the whole process, so
    that a hung one costs a page nothing.
    """

    away_until = 0.0

    def __init__(self, location, params):
        super().__init__(params)
        options = params.get("OPTIONS", {})
        self.longest = options.get("longest")
        # Tried again only where Redis closed the connection, as after its restart: a hung one is not asked twice.
        again = Retry(NoBackoff(), 1, supported_errors=(ConnectionError,))
        patience = {"socket_timeout": PATIENCE_SECONDS, "socket_connect_timeout": PATIENCE_SECONDS, "retry": again}
        self.redis = RedisCache(location, {**params, "OPTIONS": patience})
        table = options.get("meanwhile")
        inner = {**params, "OPTIONS": {}}
        self.meanwhile = DatabaseCache(table, inner) if table else DummyCache("", inner)

    def _ask(self, what, *args, **kwargs):
        if time.monotonic() >= SteadyRedisCache.away_until:
            try:
                return getattr(self.redis, what)(*args, **kwargs)
            except RedisError as fault:
                SteadyRedisCache.away_until = time.monotonic() + PAUSE_SECONDS
                log.warning("Redis does not answer (%s); going on without it.", type(fault).__name__)
        return getattr(self.meanwhile, what)(*args, **kwargs)

    def _shortened(self, timeout):
        timeout = self.default_timeout if timeout is DEFAULT_TIMEOUT else timeout
        return timeout if self.longest is None else min(self.longest, timeout or self.longest)

    def get(self, key, default=None, version=None):
        return self._ask("get", key, default, version=version)

    def add(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("add", key, value, self._shortened(timeout), version=version)

    def set(self, key, value, timeout=DEFAULT_TIMEOUT, version=None):
        self._ask("set", key, value, self._shortened(timeout), version=version)

    def touch(self, key, timeout=DEFAULT_TIMEOUT, version=None):
        return self._ask("touch", key, self._shortened(timeout), version=version)

    def delete(self, key, version=None):
        return self._ask("delete", key, version=version)

    def has_key(self, key, version=None):
        return self._ask("has_key", key, version=version)

    def incr(self, key, delta=1, version=None):
        return self._ask("incr", key, delta, version=version)

    def clear(self):
        return self._ask("clear")
