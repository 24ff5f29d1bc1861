"""The README: its blocks run, one after the other, in a copy of the project; its links lead somewhere."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"^```(\w*)\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
LINKS = re.findall(r"\]\(([^)#]+)", README)
RUN = {"bash": ["bash", "-euo", "pipefail", "-c"], "python": [sys.executable, "-c"]}
"""How to run a block of a language. Blocks in ``sh`` are the commands of make, which set up the machine that this test runs on."""


EFFECTS = {"industry.tsv": r"inIndustry +低空测绘", "relation.toml": r"subsidiaryOf .*relation\.acquires"}
"""What must be seen once a block has added a word or a rule to a file, and not before."""


def test_blocks_run_as_they_stand_one_after_the_other(tmp_path: Path) -> None:
    for name in ("kg", "ontology", "seeds"):
        shutil.copytree(ROOT / name, tmp_path / name, symlinks=True, ignore=shutil.ignore_patterns("__pycache__"))
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    environment = {**os.environ, "PYTHONPATH": str(tmp_path), "PATH": path}

    def told(language: str, text: str) -> str:
        done = subprocess.run([*RUN[language], text], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False)
        assert (done.returncode, done.stderr) == (0, ""), text
        return done.stdout

    for language, text in BLOCKS:
        if language in RUN:
            effects = [effect for file, effect in EFFECTS.items() if f"/{file}" in text]
            before = told(language, text.splitlines()[-1]) if effects else ""
            after = told(language, text)
            assert [(bool(re.search(effect, before)), bool(re.search(effect, after))) for effect in effects] == [(False, True)] * len(
                effects
            )


def test_every_block_has_a_language() -> None:
    assert {language for language, _ in BLOCKS} == {"sh", *RUN}


def test_make_has_the_targets() -> None:
    targets = set(re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    named = {target for language, text in BLOCKS if language == "sh" for target in re.findall(r"^make (\w+)", text, re.MULTILINE)}
    assert named == {"demo", "browser", "test"}
    assert named <= targets


@pytest.mark.parametrize("link", [link for link in LINKS if "://" not in link])
def test_links_lead_somewhere(link: str) -> None:
    assert (ROOT / link).exists()
