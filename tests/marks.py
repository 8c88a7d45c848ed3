"""What a test needs of the machine: without it, it is skipped, and says what for."""

from __future__ import annotations

import shutil

import pytest

needs_jq = pytest.mark.skipif(not shutil.which("jq"), reason="bootstrap/ needs jq")
