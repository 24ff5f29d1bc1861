"""The sample in output/ is what ``kg build`` writes today."""

from pathlib import Path

from article import run

TEXT = """# 上半年青河县工业经济稳中有进

今年上半年，青河县规模以上工业产值完成86.5亿元，同比增长7.2%，增速居全市第一。全县高新技术企业达到120户，力争年底突破150户。

青河县实施“三个倍增”行动计划，即“产值倍增、主体倍增、投资倍增”。

江州云帆机械有限公司位于青河经济开发区，总经理林海峰介绍，公司主要生产精密齿轮、传动轴等产品，入选“国家级绿色工厂”。
由云帆机械投资建设的智能传动产业园项目总投资12亿元，目前正在加快建设。
"""
SAMPLE = Path(__file__).parent.parent / "output" / "sample.ttl"


def test_the_sample_is_up_to_date(tmp_path: Path) -> None:
    """To renew it: build the text below as sample.md with --date 2023-08 and copy graph.ttl."""
    source = tmp_path / "sample.md"
    source.write_text(TEXT, encoding="utf-8")
    assert run("build", source, "--date", "2023-08", "--out", tmp_path, "--quiet").returncode == 0
    assert (tmp_path / "graph.ttl").read_text(encoding="utf-8") == SAMPLE.read_text(encoding="utf-8")
