"""Facts of 换届 and 补选 in the words of a 公文. What is not known stands as 【待补充】."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from shanghui.cases.counting import members_at
from shanghui.cases.electing import BY_ELECTION, contest_of, in_office, nominees, organization_of, upper_of
from shanghui.cases.file import File
from shanghui.cases.letters import gap, known
from shanghui.cases.models import Ballot, Entry, Nominee
from shanghui.cases.papers import DAY_NAMES
from shanghui.cases.result_papers import attendance, papers_counted
from shanghui.cases.tallying import BY_COMMITTEE, Tally, tally
from shanghui.cases.vacancies import RANKED, vacant_posts
from shanghui.kernel.facts import Precision
from shanghui.kernel.periods import full_day
from shanghui.ledger.organizations.models import Term
from shanghui.ledger.people.models import PARTY_POSTS, Appointment, Category, Post

GROUNDS = "根据《中国共产党章程》《中国共产党基层组织选举工作条例》和《中国共产党支部工作条例（试行）》有关规定"


def counted(file: File, name: str) -> str:
    """A column of the ballot, or the gap, named as in its form."""
    return known(getattr(file.ballot, name), str(Ballot._meta.get_field(name).verbose_name))  # type: ignore[union-attr]


def assembly_of(file: File) -> str:
    """What elects: the members, or their delegates (ELE-01)."""
    return "党员代表大会" if file.ballot.congress else "党员大会"


def matter_of(file: File) -> str:
    """«换届选举», or «补选书记、委员» by the posts somebody is proposed for; while nobody is, by those that are vacant."""
    if file.kind.code != BY_ELECTION:
        return "换届选举"
    posts = [post for post in RANKED if post in file.proposed] or vacant_posts(file, file.on("request") or file.day)
    return f"补选{'、'.join(post.label for post in posts) or '班子成员'}"


def vacancies(file: File, day: date) -> str:
    """Who has left which post within the present term, where nobody has followed, from the ledger."""
    held = in_office(file, day)
    single = {one.post for one in held if one.post != Post.COMMITTEE_MEMBER}
    people = {one.person_id for one in held}
    gone = Appointment.objects.filter(unit=organization_of(file).unit, post__in=PARTY_POSTS, valid_to__lte=day).order_by("-valid_to", "-pk")
    told: dict[str, str] = {}
    for one in gone.select_related("person")[:10]:
        if one.post not in single and one.person_id not in people and one.valid_to is not None:
            told.setdefault(one.post, f"{one.get_post_display()}{one.person.name}自{full_day(one.valid_to)}起不再任职")
    return f"{'，'.join(told.values())}。" if told else f"{gap('出缺的职务')}出缺。"


def body_of(file: File) -> str:
    """The name of the organization that elects."""
    return organization_of(file).unit.name


def day_of(file: File, step: str) -> str:
    """The day of a step in words, or a gap."""
    day = file.on(step)
    return full_day(day) if day else gap(DAY_NAMES.get(step, ""))


def received(file: File, step: str, *titles: str) -> str:
    """The opening of an answer: «你们……收悉。经研究，批复如下：»."""
    return f"你们{day_of(file, step)}{''.join(f'《{one}》' for one in titles)}收悉。经研究，批复如下："


def leading_of(file: File) -> str:
    """The leading posts that somebody is proposed for: «书记», «书记、副书记»."""
    return "、".join(post.label for post in BY_COMMITTEE if post in file.proposed) or Post.SECRETARY.label


def quoted(file: File, step: str) -> str:
    """«根据……批复（文号），», or nothing without one."""
    return f"根据{known(upper_of(file, file.day), '上级党组织')}批复（{file.number(step)}），" if file.number(step) else ""


def term_of(file: File) -> str:
    """When the present term began and ends, as far as the ledger knows."""
    term = Term.objects.filter(unit=organization_of(file).unit, due_by=file.due_by).order_by("valid_from").first() if file.due_by else None
    if term is None or file.due_by is None:
        return f"本届任期到{gap('本届任期')}届满。"
    began = "" if term.from_precision == Precision.SEEN else f"自{full_day(term.valid_from)}起，"
    over = file.due_by < (file.on("request") or file.day)
    return f"本届任期{began}{'已于' if over else '到'}{full_day(file.due_by)}届满。"


def late(file: File) -> str:
    """The delay that was approved, if one was."""
    return f"经上级同意，换届延至{full_day(file.until)}前进行。" if file.until else ""


def agreed_beside(file: File) -> str:
    """What the approval says besides: an earlier or later day, and why."""
    record = file.done.get("approve")
    return f"{record.note.rstrip('。')}。" if record is not None and record.note else ""


def members_now(file: File, day: date) -> str:
    """How many members there are on `day`, and who holds which post."""
    rows = members_at(organization_of(file).pk, day)
    full = sum(1 for one in rows if one.category == Category.FULL)
    leaders = "、".join(f"{one.get_post_display()}{one.person.name}" for one in in_office(file, day, *PARTY_POSTS))
    return f"现有党员{len(rows)}名，其中正式党员{full}名、预备党员{len(rows) - full}名。{f'本届班子：{leaders}。' if leaders else ''}"


def seats_of(file: File) -> str:
    """What is to be elected, and how."""
    ballot = file.ballot
    if file.kind.code == BY_ELECTION:
        return _filled(file)
    if not ballot.committee:
        return "新一届不设委员会，设书记1名，由党员大会选举产生。"
    by = f"由{assembly_of(file)}（代表{counted(file, 'delegates')}名）选举；" if ballot.congress else ""
    return f"新一届设委员会，{by}应选委员{counted(file, 'seats')}名，实行差额选举；书记、副书记由委员会第一次全体会议选举产生。"


def _filled(file: File) -> str:
    seats = file.ballot.seats if file.ballot.committee else None
    words = [f"补选委员{seats}名，实行差额选举，由党员大会选举产生"] if seats else []
    if not file.ballot.committee:
        words.append("由党员大会选举产生")
    elif file.proposed & set(BY_COMMITTEE):
        words.append("书记、副书记由委员会全体会议选举产生")
    due = file.until or file.due_by
    return f"{'；'.join(words) or gap('应选委员数')}。任期与本届相同，到{full_day(due) if due else gap('本届任期')}届满。"


def proposed(file: File) -> list[Nominee]:
    """Those proposed beforehand."""
    return [one for one in nominees(file) if one.entry == Entry.PROPOSED]


def named(rows: Sequence[Nominee]) -> list[str]:
    """The candidates, one sentence a post."""
    words = []
    for post in (Post.COMMITTEE_MEMBER, Post.SECRETARY, Post.DEPUTY_SECRETARY):
        names = [one.person.name for one in rows if one.post == post]
        words += [f"{post.label}候选人：{'、'.join(names)}。"] if names else []
    return words or [f"候选人：{gap('人选')}。"]


def surplus(file: File, rows: Sequence[Nominee]) -> list[str]:
    """By how many the candidates exceed the seats."""
    seats, count = file.ballot.seats, sum(1 for one in rows if one.post == Post.COMMITTEE_MEMBER)
    return [f"应选委员{seats}名，候选人{count}名，差额{count - seats}名。"] if file.ballot.committee and seats else []


def tallied(file: File) -> list[Tally]:
    """How each candidate stands."""
    on = file.on("meeting") or file.on("plenary") or file.day
    return tally(file, nominees(file), on, contest_of(file, on).staying)


def meeting_of(file: File) -> str:
    """The meeting: who was there, the ballot papers."""
    ballot, held = file.ballot, file.on("meeting")
    return (
        f"{day_of(file, 'meeting')}召开{assembly_of(file)}进行选举，由{counted(file, 'chair')}主持，"
        f"监票人{counted(file, 'teller')}，计票人{counted(file, 'counter')}。"
        f"{attendance(ballot, held or file.day)}以无记名投票方式选举，{papers_counted(ballot.issued, ballot.collected, ballot.invalid)}"
    )


def second_of(file: File) -> list[str]:
    """The ballot held once more, and seats cut down, if there were any (ELE-14)."""
    ballot = file.ballot
    words = []
    if ballot.again_present is not None:
        words.append(
            f"{_why_again(tallied(file))}，再次投票：实到会{ballot.again_present}人，"
            f"{papers_counted(ballot.again_issued, ballot.again_collected, ballot.again_invalid)}"
        )
    if ballot.fewer_seats is not None:
        words.append(f"经{counted(file, 'fewer_agreed')}名选举人同意，应选名额由{counted(file, 'seats')}名减为{ballot.fewer_seats}名。")
    return words


def _why_again(found: Sequence[Tally]) -> str:
    """«因某某、某某得票相等（各12票）», where those of the ballot held once more had as many votes; otherwise too few were elected."""
    again = [one.nominee for one in found if one.again]
    first = {one.votes for one in again}
    if len(again) > 1 and len(first) == 1 and None not in first:
        return f"因{'、'.join(one.person.name for one in again)}得票相等（各{again[0].votes}票）"
    return "因当选人少于应选名额"


def plenary_of(file: File) -> str:
    """The first plenary session of the committee (ELE-06)."""
    return f"{day_of(file, 'plenary')}召开委员会第一次全体会议，到会委员{counted(file, 'plenary_present')}人，以无记名投票方式等额选举。"


def chosen(rows: Sequence[Tally]) -> str:
    """The names of those elected, with their tasks."""
    names = [f"{one.nominee.person.name}{f'（{one.nominee.title}）' if one.nominee.title else ''}" for one in rows if one.elected]
    return "、".join(names) or gap("得票")


def post_of(one: Tally) -> str:
    """«某某任书记»."""
    return f"{one.nominee.person.name}任{one.nominee.get_post_display()}"


def votes_of(found: Sequence[Tally]) -> tuple[tuple[str, ...], ...]:
    """The votes as a table."""
    words = {True: "当选", False: "未当选", None: gap("得票")}
    rows = [(one.nominee.person.name, one.nominee.get_post_display(), _votes_in_words(one), words[one.elected]) for one in found]
    return (("姓名", "职务", "赞成票", "结果"), *rows) if rows else ()


def _votes_in_words(one: Tally) -> str:
    """The votes; of who stood in both ballots those of each."""
    both = one.again and one.nominee.votes is not None
    return f"{one.nominee.votes}；再次投票{one.votes}" if both else known(one.votes, "得票")
