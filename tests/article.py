"""An invented article, and ``kg`` as a process to read it."""

import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

Kg = Callable[..., "subprocess.CompletedProcess[str]"]

ARTICLE = """# 上半年青河区工业经济稳中有进

今年上半年，青河区规模以上工业产值完成86.5亿元，同比增长7.2%，增速居全市第一。全区高新技术企业达到120户。

江州云帆机械有限公司位于青河经济开发区，是一家从事智能装备制造的企业。
云帆机械投资建设的智能传动产业园项目总投资12亿元，目前已开工建设。
"""


def run(*arguments: str | Path, stdin: str = "", environment: Mapping[str, str] = os.environ) -> "subprocess.CompletedProcess[str]":
    """Run ``kg`` as people do: as a process of its own."""
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    return subprocess.run(command, input=stdin, env=dict(environment), capture_output=True, text=True, encoding="utf-8", check=False)
