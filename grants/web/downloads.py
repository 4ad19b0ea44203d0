"""Stored bytes sent back: always to be saved, never to run beside our pages."""

from io import BytesIO

from flask import Response, current_app, send_file

from grants.storage import LocalFolder, hashed

POLICY = "sandbox; default-src 'none'"


class NotTheStoredFile(Exception):
    """The stored bytes are not those that were kept: nobody is given them as ours."""


def send_sealed(storage_key: str, sha256: str, filename: str, media_type: str) -> Response:
    """A file that we made or that was signed, once its bytes are known to be the kept ones."""
    return send_bytes(read_sealed(storage_key, sha256), filename, media_type)


def read_sealed(storage_key: str, sha256: str) -> bytes:
    """The stored bytes of a file whose SHA-256 is known; another file there is a fault of ours."""
    folder: LocalFolder = current_app.extensions["storage"]
    content = folder.get(storage_key)
    if hashed(content) != sha256:
        raise NotTheStoredFile
    return content


def send_stored(storage_key: str, filename: str, media_type: str) -> Response:
    """A stored file as an attachment under its own name (RFC 6266), in a sandboxed policy."""
    folder: LocalFolder = current_app.extensions["storage"]
    return send_bytes(folder.get(storage_key), filename, media_type)


def send_bytes(content: bytes, filename: str, media_type: str) -> Response:
    """Bytes as an attachment that no cache keeps."""
    response = send_file(
        BytesIO(content),
        mimetype=media_type,
        as_attachment=True,
        download_name=filename,
        etag=False,
        max_age=None,
    )
    response.headers["Content-Security-Policy"] = POLICY
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    return response
