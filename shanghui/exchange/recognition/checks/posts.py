"""One president, one secretary: posts of which a unit has one."""

from __future__ import annotations

from shanghui.exchange.recognition.bodies import Body

_ONE = ("会长", "书记", "秘书长", "监事长")


def check_posts(body: Body) -> None:
    """A second holder of such a post in the same unit is asked about."""
    if body.table.kind not in ("appointment", "member"):
        return
    post_field, unit_field = ("post", "chamber") if body.table.kind == "appointment" else ("party_post", "branch")
    seen: dict[tuple[str, str], int] = {}
    for i, record in enumerate(body.records):
        fields = record.fields
        post, unit = fields.get(post_field), fields.get(unit_field) or fields.get("branch")
        if post not in _ONE or not unit or not fields.get("name"):
            continue
        first = seen.setdefault((unit, post), i)
        name = body.records[first].fields.get("name")
        if first != i and name != fields.get("name"):
            body.tell(
                i,
                post_field,
                "value_conflict",
                "warning",
                f"“{unit}”的{post}在第{body.row_number(first)}行写的是{name}。请核对",
                other=body.row_number(first),
            )
