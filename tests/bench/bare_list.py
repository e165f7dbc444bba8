"""The floor of Tugas Saya: a Flask application of one route, which sets the scope, runs the page's own query of its
list by bare psycopg, and answers the rows as JSON. No log-in, no tabs, no page.
"""

import os
import pickle
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from flask import Flask, jsonify
from psycopg.rows import dict_row

URL, QUERY = "LANGKAH_BENCH_URL", "LANGKAH_BENCH_QUERY"
SCOPE = "SELECT set_config('langkah.tenant', %s, true), set_config('langkah.today', current_date::text, true)"
# As the platform's own connections have it (core.database): one plan, whatever the values.
OPTIONS = "-c plan_cache_mode=force_generic_plan"


@dataclass(frozen=True)
class Query:
    """What the page asked the server for its list: the text as the driver has it, and the values."""

    sql: str
    values: dict[str, Any]

    def write(self, file: Path) -> None:
        """For another process: values as they are, with their types."""
        file.write_bytes(pickle.dumps(self))


def create() -> Flask:
    """The application; each thread has a connection of its own."""
    app, threads = Flask("bare_list"), threading.local()
    query: Query = pickle.loads(Path(os.environ[QUERY]).read_bytes())
    text = query.sql.encode()

    @app.get("/tugas")
    def mine() -> Any:
        if not hasattr(threads, "connection"):
            threads.connection = psycopg.connect(
                os.environ[URL], autocommit=True, row_factory=dict_row, options=OPTIONS
            )
        connection = threads.connection
        with connection.transaction():
            connection.execute(SCOPE, (str(query.values["tenant"]),), prepare=True)
            return jsonify(connection.execute(text, query.values, prepare=True).fetchall())

    return app
