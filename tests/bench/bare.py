"""The floor over HTTP: a Flask application of one route around the floor's transaction; and nothing else."""

import json
import os
import threading
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask, request

from tests.bench.floor import Floor
from tests.bench.ground import Example, Item

URL, EXAMPLE = "LANGKAH_BENCH_URL", "LANGKAH_BENCH_EXAMPLE"


def create() -> Flask:
    """The application; each thread has a connection of its own."""
    app = Flask("bare")
    example = Example(**json.loads(Path(os.environ[EXAMPLE]).read_text()))
    answer, threads = json.loads(example.response), threading.local()

    @app.post("/complete/<uuid:case>/<uuid:task>")
    def complete(case: UUID, task: UUID) -> Any:
        request.get_json()
        if not hasattr(threads, "floor"):
            threads.floor = Floor(os.environ[URL], example)
        threads.floor.complete(Item(case, task))
        return answer

    return app
