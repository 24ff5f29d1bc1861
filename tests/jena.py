"""Apache Jena's command line, as Debian packages it."""

import os
import shutil
import subprocess
import zipfile
from pathlib import Path

JAVA = Path("/usr/share/java")
JARS = """
commons-cli commons-codec commons-compress commons-csv commons-io commons-lang3 dexx.collection gson guava httpclient httpcore
jackson-annotations jackson-core jackson-databind jakarta.json-api jcl-over-slf4j jsonld-java libthrift protobuf slf4j-api
slf4j-simple thrift titanium-json-ld"""


def is_installed() -> bool:
    return bool(shutil.which("java")) and (JAVA / "jena-cmds.jar").exists()


def jena(folder: Path, command: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run ``command`` (riotcmd.riot, arq.arq) to a good end; ``folder`` is scratch space.

    Debian's jar has the messages of its XML library under another name than its classes look for.
    """
    with zipfile.ZipFile(JAVA / "jena-core.jar") as jar:
        for name in jar.namelist():
            if name.startswith("org/apache/jena/ext/xerces/") and name.endswith(".properties"):
                target = folder / name.removeprefix("org/apache/jena/ext/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(jar.read(name))
    path = os.pathsep.join(map(str, [folder, *sorted(JAVA.glob("jena-*.jar")), *(JAVA / f"{name}.jar" for name in JARS.split())]))
    java = ["java", "-XX:TieredStopAtLevel=1", "-Dfile.encoding=UTF-8", "-cp", path, command]
    done = subprocess.run([*java, *arguments], capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    return done
