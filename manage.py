"""Run through bin/manage, which provides the environment. Command names may carry a hyphen."""

import os
import sys

NAMES = {"import": "import_ledger"}


def main() -> None:
    """Hands over to Django."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    from django.core.management import execute_from_command_line

    if len(sys.argv) > 1:
        sys.argv[1] = NAMES.get(sys.argv[1], sys.argv[1].replace("-", "_"))
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
