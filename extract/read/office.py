"""Legacy Word documents (.doc), made into DOCX by LibreOffice where it is installed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from functools import lru_cache
from pathlib import Path

from extract.errors import UnreadableDocument
from extract.read import ole

TIMEOUT = 60.0
MAX_BYTES = 64 * 1024 * 1024
INSTALL = "install LibreOffice, or save it as .docx"
SAVE_AS_DOCX = "open it in Word, WPS or LibreOffice and save it as .docx"
NETWORK_NAMESPACE = ("unshare", "--user", "--map-current-user", "--net")
# The program's own settings: never run macros, never fetch what a document links to, no proxy but a dead one.
SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)
# LibreOffice reserves far more memory than it uses: a limit on addresses would stop it at once.
UNLIMITED = ("sh", "-c", 'ulimit -S -v unlimited; exec "$@"', "sh")
# Where Word writes what kind of document it is, and the bit that says that it is encrypted.
FLAGS = 10
ENCRYPTED = 0x0100


def convert(raw: bytes, file: str, suffix: str = ".doc") -> bytes:
    """The DOCX that LibreOffice makes of a document; ``suffix`` tells it the old format.

    It runs without network, with a profile of its own in a folder that is removed, for at most
    60 seconds. Raises ``UnreadableDocument`` where it is not installed or cannot read the document.
    """
    if is_encrypted(raw):
        raise UnreadableDocument(
            file, "the document is protected by a password", "remove the password and save it again"
        )
    program = shutil.which("soffice")
    if program is None:
        raise UnreadableDocument(file, "a legacy Word document (.doc) needs LibreOffice", INSTALL)
    with tempfile.TemporaryDirectory(prefix="jixiao-", ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        source = home / f"document{suffix}"
        source.write_bytes(raw)
        _write_settings(home / "profile" / "user" / "registrymodifications.xcu")
        _run(_command(program, home, source), home, file)
        return _result(home / "out" / "document.docx", file)


def is_encrypted(raw: bytes) -> bool:
    """Whether a Word document needs a password to be read."""
    head = ole.first_bytes(raw, ole.read_container(raw), "WordDocument", FLAGS + 2)
    return len(head) == FLAGS + 2 and bool(int.from_bytes(head[FLAGS:], "little") & ENCRYPTED)


def _command(program: str, home: Path, source: Path) -> list[str]:
    return [
        *(NETWORK_NAMESPACE if _can_unshare() else ()),
        *UNLIMITED,
        program,
        f"-env:UserInstallation={(home / 'profile').as_uri()}",
        *("--headless", "--invisible", "--norestore", "--nolockcheck", "--nodefault", "--nologo"),
        *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(home / "out"), str(source)),
    ]


@lru_cache(maxsize=1)
def _can_unshare() -> bool:
    """Whether this system lets a program run in a network of its own, in which there is nothing."""
    if shutil.which(NETWORK_NAMESPACE[0]) is None:
        return False
    tried = subprocess.run([*NETWORK_NAMESPACE, "true"], capture_output=True, check=False)
    return tried.returncode == 0


def _write_settings(path: Path) -> None:
    items = "".join(
        f'<item oor:path="/{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for place, name, value in SETTINGS
    )
    path.parent.mkdir(parents=True)
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>',
        encoding="utf-8",
    )


def _run(command: list[str], home: Path, file: str) -> None:
    """Run a command in a process group of its own, which does not outlive this call."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={"PATH": os.environ.get("PATH", os.defpath), "HOME": str(home), "TMPDIR": str(home)},
        start_new_session=True,
    ) as process:
        try:
            process.wait(TIMEOUT)
        except subprocess.TimeoutExpired as error:
            raise UnreadableDocument(
                file, f"LibreOffice did not finish within {TIMEOUT:.0f} seconds", SAVE_AS_DOCX
            ) from error
        finally:
            _end_group(process.pid)


def _end_group(group: int) -> None:
    try:
        os.killpg(group, signal.SIGKILL)
    except ProcessLookupError:
        return  # all of its processes have ended


def _result(path: Path, file: str) -> bytes:
    if not path.is_file():
        raise UnreadableDocument(file, "LibreOffice cannot read the document", SAVE_AS_DOCX)
    if path.stat().st_size > MAX_BYTES:
        raise UnreadableDocument(file, f"it is larger than {MAX_BYTES >> 20} MiB as DOCX", SAVE_AS_DOCX)
    return path.read_bytes()
