"""What tests need beside Python's packages."""

import os

import pytest


def need(present: object, what: str) -> None:
    """Skips where a tool is not installed, except where everything must be."""
    if not present:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{what} is not installed: make browser")
