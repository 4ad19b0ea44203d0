"""Files by random key. The key says nothing about the content or its owner."""

import os
import secrets
from hashlib import sha256
from pathlib import Path
from urllib.parse import urlsplit


class LocalFolder:
    """Keeps files in a folder of this machine, each written whole before it has its name."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Store the bytes and return their new random key."""
        key = secrets.token_hex(16)
        path = self._path(key)
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_suffix(".partial")
        with partial.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        partial.rename(path)
        return key

    def get(self, key: str) -> bytes:
        """The bytes stored under this key."""
        return self._path(key).read_bytes()

    def delete(self, key: str) -> None:
        """Forget what an act stored and then could not keep."""
        self._path(key).unlink(missing_ok=True)

    def free_bytes(self) -> int:
        """The room left, read before anything is accepted."""
        self.root.mkdir(parents=True, exist_ok=True)
        status = os.statvfs(self.root)
        return status.f_bavail * status.f_frsize

    def _path(self, key: str) -> Path:
        return self.root / key[:2] / key


def open_storage(url: str) -> LocalFolder:
    """The storage named by STORAGE_URL: today `file:///an/absolute/folder`."""
    parts = urlsplit(url)
    if parts.scheme != "file":
        raise ValueError("STORAGE_URL doit commencer par file:///")
    return LocalFolder(Path(parts.path))


def hashed(content: bytes) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    return sha256(content).hexdigest()
