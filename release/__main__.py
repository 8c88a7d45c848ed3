"""The command line of a release."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from clusterwright import git
from clusterwright.errors import Stop
from release.run import release


def main(arguments: list[str] | None = None) -> int:
    """Reads the command line; returns the exit status."""
    parser = argparse.ArgumentParser(prog="release", description="Commit and tag a release; nothing is pushed.")
    parser.add_argument("version", help="the new version, such as 1.2.3")
    version = parser.parse_args(arguments).version
    git.forget_local()
    try:
        release(Path.cwd(), version, datetime.now(tz=UTC).date())
    except Stop as stop:
        print(f"release: {stop}", file=sys.stderr)
        return stop.code
    print(f"Released {version} here. Look at it, then: git push --atomic origin main v{version}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
