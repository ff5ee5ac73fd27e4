"""The same job on a Ray cluster of several nodes: nodes that go, a full object store, workers of another kind."""

from __future__ import annotations

import itertools
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from importlib import import_module
from types import SimpleNamespace
from typing import Any

import pytest

from pipeline.errors import ModelError
from pipeline.job import run
from pipeline.job.runners import ray as on_ray
from pipeline.job.runners.crewed import run_crewed
from pipeline.job.runners.work import Brief, Done, Task, Worker

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("engine_ready")]
RAY = ("runner.on=ray", "runner.workers=2")
STORE = 80_000_000  # bytes of a node's object store
HASTE = {
    "health_check_initial_delay_ms": 1_000,
    "health_check_period_ms": 500,
    "health_check_timeout_ms": 10_000,  # a busy machine answers late
    "health_check_failure_threshold": 4,
    "prestart_worker_first_driver": False,
}


@pytest.fixture(scope="module")
def nodes() -> Iterator[SimpleNamespace]:
    """A cluster on this machine: two nodes with a place for a worker each; the first test takes the second away."""
    ray = on_ray.ray_module()
    services = import_module("ray._private.services")
    head = {"num_cpus": 1, "object_store_memory": STORE, "include_dashboard": False, "include_log_monitor": False}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(services, "get_node", patient(services.get_node))
        made = import_module("ray.cluster_utils").Cluster(
            initialize_head=True, head_node_args={**head, "_system_config": HASTE}
        )
        second = made.add_node(num_cpus=1, object_store_memory=STORE)
        ray.init(address=made.address, log_to_driver=False, logging_level="error", configure_logging=False)
        yield SimpleNamespace(ray=ray, remove=lambda: made.remove_node(second, allow_graceful=False))
        ray.shutdown()
        made.shutdown()


def patient(find: Callable[..., Any]) -> Callable[..., Any]:
    """Ray looks for a node that has just started for 30 seconds; a busy machine may need longer."""

    def found(*given: object) -> Any:
        until = time.monotonic() + 240
        while True:
            try:
                return find(*given)
            except RuntimeError:
                if time.monotonic() > until:
                    raise

    return found


def test_a_node_that_goes_in_mid_work_changes_nothing(several, nodes, monkeypatch) -> None:
    alone = several.run().counts
    expected = several.corpus()
    several.clean()
    calls = itertools.count(1)
    real = on_ray.Actor.do

    def do(hand: on_ray.Actor, task: Task) -> Done:
        if next(calls) == 2:
            nodes.remove()
        return real(hand, task)

    monkeypatch.setattr(on_ray.Actor, "do", do)
    report = run(several.config(*RAY))  # whether a worker was lost with the node, or none had come yet, is chance
    assert next(calls) > 2  # the node went
    assert several.corpus() == expected
    assert report.counts == alone
    assert several.run(*RAY).counts["decoded"] == 0


def test_a_full_object_store_changes_nothing(several, nodes) -> None:
    several.run()
    expected = several.corpus()
    several.clean()
    held = [nodes.ray.put(bytes(STORE // 4)) for _ in range(5)]
    several.run(*RAY)
    assert several.corpus() == expected
    del held


class Older(Worker):
    """A worker of another version."""

    def hello(self) -> dict[str, str]:
        return super().hello() | {"version": "0.0.1"}


class Otherwise(Worker):
    """A worker with another model."""

    def equip(self, brief: Brief) -> dict[str, str]:
        return super().equip(brief) | {"model": "other"}


@pytest.mark.parametrize(("kind", "problem"), [(Older, "version 0.0.1"), (Otherwise, "model other")])
def test_workers_of_another_kind_are_refused(several, nodes, monkeypatch, kind: type[Worker], problem: str) -> None:
    cloudpickle: Any = nodes.ray.cloudpickle
    cloudpickle.register_pickle_by_value(sys.modules[__name__])  # workers cannot import the tests
    monkeypatch.setattr(sys.modules["pipeline.job.run"], "run_crewed", partial(run_crewed, worker=kind))
    with pytest.raises(ModelError, match=f"no worker can be used: .*{problem}"):
        several.run("runner.on=ray", "runner.workers=1")
