"""Workers on other machines: the chunks of a run on a Dask cluster that exists already.

Every worker must have this very version of the package and see the corpus under the same path; both are
checked. A worker that dies costs its chunks, which the scheduler gives to another. The only importer of
distributed, which is the extra ``scale``. Imports ``errors``, ``fingerprint`` and ``workers``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from pipeline.errors import UsageError
from pipeline.run.fingerprint import code_version
from pipeline.run.workers import Engine, in_order

try:
    from distributed import Client
    from distributed.scheduler import KilledWorker
except ImportError as error:
    raise UsageError("--engine dask needs the extra: pip install 'doichieu[scale]'") from error

C = TypeVar("C")
R = TypeVar("R")

_PATIENCE = "20s"


class Cluster:
    """The workers of a Dask cluster, one task at a time each."""

    def __init__(self, client: Client, workers: int) -> None:
        self._client = client
        self._workers = workers

    def map(self, function: Callable[[C], R], chunks: Iterable[C]) -> Iterator[R]:
        """Yield *function* of each chunk, in their order.

        Raises:
            UsageError: a chunk has cost several workers their lives.
        """
        try:
            # pure=False: equal chunks of two runs are two tasks; the cache, not Dask, remembers results
            yield from in_order(
                lambda chunk: self._client.submit(function, chunk, pure=False), chunks, self._workers
            )
        except KilledWorker as error:
            raise UsageError(f"workers of the cluster die of one chunk: {error}") from error


@contextmanager
def cluster_engine(address: str) -> Iterator[Engine]:
    """Yield the workers of the cluster whose scheduler is at *address*; the cluster stays as it is.

    Raises:
        UsageError: there is no such scheduler, or its workers are not fit for the work.
    """
    try:
        client = Client(address, timeout=_PATIENCE)
    except (OSError, ValueError) as error:
        raise UsageError(f"{address}: no scheduler answers there; name one as tcp://host:8786") from error
    with client:
        threads = client.nthreads()
        _require_fit(client, threads)
        yield Cluster(client, len(threads))


def _require_fit(client: Client, threads: dict[str, int]) -> None:
    if not threads:
        raise UsageError("the cluster has no workers; start some with: dask worker ADDRESS --nthreads 1")
    if set(threads.values()) != {1}:
        raise UsageError("a worker must do one task at a time; start the workers with --nthreads 1")
    if set(client.run(code_version).values()) != {code_version()}:
        raise UsageError("a worker has another version of the package, of Python or of a library")
