"""What every page of a run shows: its files, its steps, its counts in words."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponseRedirect
from django.urls import reverse

from shanghui.exchange.models import ImportRun, RunQuerySet, RunState
from shanghui.exchange.operations import imported_before, title_of
from shanghui.exchange.proposals import NOT_KEPT
from shanghui.exchange.recognition import KINDS
from shanghui.web.kit.visits import Visit


def runs_within(visit: Visit) -> RunQuerySet:
    """The runs a visitor may see."""
    return ImportRun.objects.within(visit.scope_today()).select_related("under", "by", "applied_by")


def to_run(run: ImportRun, step: str = "") -> HttpResponseRedirect:
    """Back to the run's page."""
    address = reverse("import", kwargs={"run": run.pk})
    return HttpResponseRedirect(f"{address}?step={step}" if step else address)


STEPS = ("选文件", "对应列", "看问题", "看变化", "完成")


def kind_title(kind: str) -> str:
    """What a kind of record is called."""
    return KINDS[kind][0] if kind in KINDS else "其他"


def open_errors(run: ImportRun) -> int:
    """Errors that nobody has answered."""
    count: int = run.counts.get("problems", {}).get("error", 0)
    return count


def steps_of(run: ImportRun) -> list[tuple[str, str]]:
    """The five steps; those one may go back to with their addresses."""
    address = reverse("import", kwargs={"run": run.pk})
    back = run.state == RunState.PROPOSED
    columns = reverse("import-mapping", kwargs={"run": run.pk})
    addresses = (reverse("import-new"), columns, f"{address}?step=problems", f"{address}?step=changes", "")
    return [(word, url if back else "") for word, url in zip(STEPS, addresses, strict=True)]


def totals(run: ImportRun) -> dict[str, int]:
    """new, changed, same and unkept over all kinds."""
    kinds = run.counts.get("kinds", {})
    kept = [counts for kind, counts in kinds.items() if kind not in NOT_KEPT]
    found = {name: sum(one[name] for one in kept) for name in ("new", "changed", "same")}
    found["unkept"] = sum(sum(counts.values()) for kind, counts in kinds.items() if kind in NOT_KEPT)
    return found


def by_kind(run: ImportRun) -> list[dict[str, Any]]:
    """Per kind of record: its title and counts."""
    return [
        {"kind": kind, "title": kind_title(kind), "kept": kind not in NOT_KEPT, "total": sum(counts.values()), **counts}
        for kind, counts in run.counts.get("kinds", {}).items()
    ]


def context_of(run: ImportRun) -> dict[str, Any]:
    """For every template of a run."""
    found, open_now = totals(run), run.counts.get("problems", {})
    return {
        "run": run, "title": title_of(run), "files": list(run.files.order_by("pk")), "steps": steps_of(run), "totals": found,
        "kinds": by_kind(run), "problems_open": open_now, "to_see": open_now.get("error", 0) + open_now.get("warning", 0),
        "skipped": run.reading.get("skipped", []), "before": imported_before(run) if run.state == RunState.PROPOSED else None,
        "writes": found["new"] + found["changed"],
    }
