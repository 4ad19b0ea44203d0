"""Stored bytes sent back: always to be saved, never to run beside our pages."""

from io import BytesIO

from flask import Response, current_app, send_file

from grants.storage import LocalFolder

POLICY = "sandbox; default-src 'none'"


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
