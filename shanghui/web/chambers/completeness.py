"""What a chamber's archive still lacks, and who can fill it: a list, not a score."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from shanghui.kernel.facts import Precision
from shanghui.ledger.organizations.archive import ChamberArchive
from shanghui.ledger.organizations.models import CharterItem
from shanghui.ledger.organizations.powers import powers_of
from shanghui.ledger.people.leadership import Leader
from shanghui.ledger.people.models import Post
from shanghui.web.kit.links import address

OFFICE, CHAMBER, BRANCH = "办公室", "商会秘书处", "党支部"


@dataclass(frozen=True)
class Item:
    """One thing an archive should hold: whether it is there, who can fill it, where."""

    title: str
    is_there: bool
    who: str
    url: str = ""


def items(archive: ChamberArchive, leaders: list[Leader], has_guide: bool) -> list[Item]:
    """Everything an archive should hold on its day."""
    return [*_register(archive), *_leading(archive, leaders), *_charter(archive), *_party(archive, leaders, has_guide)]


def _register(archive: ChamberArchive) -> Iterator[Item]:
    row = archive.chamber
    change = address("chamber-change", chamber=row.pk)
    for title, value in (
        ("统一社会信用代码", row.credit_code), ("成立时间", row.founded_on), ("所在地", row.region_code or row.region_name),
        ("行业", row.industry_code), ("业务主管单位", row.supervisor), ("地址", row.address),
    ):
        yield Item(title, bool(value), OFFICE, change)
    if row.kind == "hometown":
        yield Item("来源地", bool(row.origin), OFFICE, change)
    yield Item("会员企业数", archive.size is not None, CHAMBER, address("chamber-size", chamber=row.pk))


def _leading(archive: ChamberArchive, leaders: list[Leader]) -> Iterator[Item]:
    row = archive.chamber
    held = {one.post for leader in leaders for one in leader.chamber_posts}
    appoint = address("appointment-new", unit=row.pk)
    for post in (Post.PRESIDENT, Post.CHIEF_SUPERVISOR, Post.SECRETARY_GENERAL):
        yield Item(str(post.label), post in held, CHAMBER, appoint)
    yield Item("商会本届任期", archive.term_of(row.pk) is not None, CHAMBER, address("term-new", unit=row.pk))


def _charter(archive: ChamberArchive) -> Iterator[Item]:
    written = {one.item for one in archive.charter}
    url = address("chamber-charter", chamber=archive.chamber.pk)
    for item in CharterItem:
        yield Item(f"党建入章：{item.label}", item in written, CHAMBER, url)


def _party(archive: ChamberArchive, leaders: list[Leader], has_guide: bool) -> Iterator[Item]:
    if not archive.organizations:
        yield Item("党组织覆盖", False, OFFICE, address("chamber-cover", chamber=archive.chamber.pk))
        yield Item("党建工作指导员", has_guide, OFFICE)
        return
    secretaries = {one.unit_id for leader in leaders for one in leader.party_posts if one.post == Post.SECRETARY}
    for one in archive.organizations:
        change = address("organization-change", organization=one.pk)
        yield Item("党组织批准成立时间", bool(one.approved_on), OFFICE, change)
        yield Item("党组织批复文号", bool(one.approval_number), OFFICE, change)
        yield Item("书记", one.pk in secretaries, OFFICE, address("appointment-new", unit=one.pk))
        if powers_of(archive.form_of(one.pk) or "").holds_elections:
            term = archive.term_of(one.pk)
            url = address("term-new", unit=one.pk)
            yield Item("党组织本届任期", term is not None, BRANCH, url)
            if term is not None:
                yield Item("党组织本届任期从何时起", term.from_precision != Precision.SEEN, BRANCH, url)
