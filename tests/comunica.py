"""Comunica, a SPARQL engine of JavaScript: `make browser` installs it beside ``npm/ask.mjs``, which puts questions to it."""

import json
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

NPM = Path(__file__).parent / "npm"


def is_installed() -> bool:
    return bool(shutil.which("node")) and (NPM / "node_modules" / "@comunica").exists()


def ask(graph: Path, questions: Mapping[str, str]) -> dict[str, list[dict[str, str]]]:
    """The rows of each answer, by the question's name; one process for all, for starting it takes longer than most answers."""
    command = ["node", "ask.mjs", str(graph)]
    done = subprocess.run(command, cwd=NPM, input=json.dumps(questions), capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    answers: dict[str, list[dict[str, str]]] = json.loads(done.stdout)
    return answers
