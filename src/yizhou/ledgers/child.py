"""The process that reads one uploaded file: ``python -m yizhou.ledgers.child BATCH STORES``.

Its address space is limited, so that no file can take the machine's memory, and it dies with the worker.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import sys

MEMORY_BYTES = 4 << 30
PR_SET_PDEATHSIG = 1


def main(batch_id: int, *, stores: bool) -> None:
    """Run one batch that the worker has taken."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yizhou.config.settings")
    import django  # noqa: PLC0415  # after the limits are set

    django.setup()
    from yizhou.ledgers.loaders import CHECK, STORE  # noqa: PLC0415  # needs Django
    from yizhou.ledgers.models import ImportBatch  # noqa: PLC0415  # needs Django
    from yizhou.ledgers.running import run  # noqa: PLC0415  # needs Django

    batch = ImportBatch.objects.everywhere("the worker serves everybody").get(pk=batch_id)
    run(batch, STORE if stores else CHECK)


if __name__ == "__main__":
    main(int(sys.argv[1]), stores=sys.argv[2] == "1")
