"""The book of a job as the review serves it: the same file, under its own policy."""

from __future__ import annotations

import re
from pathlib import Path

_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)"')


def served_reader(path: Path) -> tuple[bytes, str]:
    """A reader's page, and the policy that it gives itself, as a header; one without a policy runs no script."""
    page = path.read_bytes()
    found = _POLICY.search(page[:20_000])
    policy = found[1].decode("ascii", "replace").replace("&#39;", "'") if found else "default-src 'none'"
    return page, f"{policy}; frame-ancestors 'none'"
