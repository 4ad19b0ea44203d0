"""Pages of plain information: accessibility, personal information."""

from flask import render_template


def accessibility() -> str:
    """How accessible these pages are, and whom to tell about an obstacle."""
    return render_template("public/accessibility.html")


def privacy() -> str:
    """Why personal information is asked for, who sees it, and one's rights."""
    return render_template("public/privacy.html")
