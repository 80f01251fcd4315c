"""What an election needs at hand: 选举办法 for the meeting to adopt, the sheet to sign in, the sheet to count on (ELE-04 to ELE-16)."""

from __future__ import annotations

from shanghui.cases.counting import members_at
from shanghui.cases.electing import organization_of
from shanghui.cases.election_words import GROUNDS, assembly_of, body_of, counted, proposed
from shanghui.cases.file import File
from shanghui.cases.letters import Letter, gap
from shanghui.cases.models import Ground, Nominee, SetAside
from shanghui.cases.tallying import by_committee
from shanghui.kernel.periods import full_day
from shanghui.kernel.strokes import by_strokes
from shanghui.ledger.people.models import Category, Post
from shanghui.rules.registry import limit

BLANK = "____"
"""To be filled in by hand at the meeting."""


def rules(file: File) -> Letter:
    """选举办法（草案）: what the norms ask, with the numbers of the case. The meeting adopts it."""
    ballot, name, assembly = file.ballot, body_of(file), assembly_of(file)
    voter = "代表" if ballot.congress else "党员"
    count = sum(1 for one in proposed(file) if one.post == Post.COMMITTEE_MEMBER)
    elect = (
        f"应选委员{counted(file, 'seats')}名，候选人{count or gap('人选')}名，差额不少于应选人数的{limit('ELE-04', 'surplus_percent')}%。"
        "书记、副书记由委员会第一次全体会议等额选举产生。" if ballot.committee else f"书记、副书记由{assembly}等额选举产生。"
    )
    return Letter(title=f"{name}选举办法（草案）", to="", issuer="", day=None, paragraphs=(
        f"一、{GROUNDS}，制定本办法。本办法经{assembly}通过后施行。",
        f"二、{elect}",
        f"三、有选举权的{voter}到会人数不少于应到会人数的五分之四，方能进行选举。预备党员没有选举权、被选举权。",
        "四、选举采用无记名投票。选票上的候选人名单以姓氏笔画为序。选举人可以投赞成票、不赞成票，也可以弃权；投不赞成票的可以另选他人，弃权的不能另选他人。",
        f"五、选举人不能写选票的，可以委托不是候选人的{voter}按本人意愿代写。没有到会的{voter}不能委托他人投票。",
        "六、收回的选票等于或者少于发出的选票，选举有效；多于发出的选票，选举无效，重新选举。每张选票所选人数等于或者少于应选人数的有效，多于的无效。",
        "七、得赞成票超过实到会有选举权人数一半的，始得当选。得赞成票过半的人数多于应选名额时，以得票多少为序；票数相等不能确定当选人的，就票数相等的人再次投票。"
        "当选人少于应选名额的，不足的名额另行选举；接近应选名额的，经半数以上选举人同意，也可以减少名额。",
        f"八、设监票人、计票人，从不是候选人的{voter}中推选，经{assembly}通过。计票人在监票人监督下工作。候选人不得担任监票人、计票人。",
        f"九、选举由{'上届委员会' if ballot.committee else '上届书记'}主持。计票结束，监票人报告得票情况，主持人宣布当选人名单。",
    ))


def sign_in(file: File) -> Letter:
    """党员大会签到表: who should attend and votes, from the ledger; then who is there without a vote, and why. Delegates, whom the
    ledger does not know, write themselves in."""
    if file.ballot.congress:
        return _delegates(file)
    day = file.on("meeting") or file.day
    apart = {one.person_id: Ground(one.ground).label for one in SetAside.objects.filter(case=file.case)}
    rows: list[tuple[str, ...]] = []
    without = []
    for one in members_at(organization_of(file).pk, day):
        if one.category != Category.FULL:
            without.append(f"{one.person.name}（预备党员）")
        elif one.person.pk in apart:
            without.append(f"{one.person.name}（{apart[one.person.pk]}）")
        else:
            rows.append((str(len(rows) + 1), one.person.name, "", ""))
    return Letter(title=f"{body_of(file)}党员大会选举签到表", to="", issuer="", day=None, paragraphs=(
        f"会议时间：{full_day(day) if file.on('meeting') else BLANK}。应到会有选举权的党员{len(rows)}人，至少到会{_fewest(len(rows))}人。",
        f"没有选举权或者不计入应到会人数的：{'、'.join(without)}。" if without else "到会党员都有选举权。",
    ), table=(("序号", "姓名", "签到", "备注"), *rows))


def _delegates(file: File) -> Letter:
    expected = file.ballot.expected or file.ballot.delegates or 0
    rows = [(str(place), "", "", "") for place in range(1, expected + 1)]
    return Letter(title=f"{body_of(file)}党员代表大会选举签到表", to="", issuer="", day=None, paragraphs=(
        f"会议时间：{BLANK}。应到会代表{expected or BLANK}人，至少到会{_fewest(expected) if expected else BLANK}人。",
    ), table=(("序号", "代表姓名", "签到", "备注"), *rows))


def ballot_paper(file: File) -> Letter:
    """选票（样式）: the candidates by the strokes of their surnames, no name of a voter and no number (ELE-09, ELE-10)."""
    ballot = file.ballot
    rows = [(one.person.name, one.get_post_display(), "", "", "") for one in _by_strokes(file) if not by_committee(ballot, one)]
    seats = f"应选委员{counted(file, 'seats')}名，" if ballot.committee else ""
    return Letter(title=f"{body_of(file)}选票", to="", issuer="", day=None, paragraphs=(
        f"{seats}候选人以姓氏笔画为序。赞成的在“赞成”栏画“○”，不赞成的在“不赞成”栏画“×”，弃权的不画。",
        "不赞成的，可以在下面空格里另选他人；弃权的不能另选。所选人数等于或者少于应选人数的有效，多于的无效。本票不写选举人的姓名。",
    ), table=(("候选人", "职务", "赞成", "不赞成", "另选他人"), *rows))


def _by_strokes(file: File) -> list[Nominee]:
    """Those proposed: post after post as elected, by the strokes of their surnames (ELE-09)."""
    order = [Post.COMMITTEE_MEMBER, Post.SECRETARY, Post.DEPUTY_SECRETARY]
    return sorted(proposed(file), key=lambda one: (order.index(Post(one.post)), by_strokes(one.person.name)))


def count(file: File) -> Letter:
    """计票单: one line for each candidate; empty cells are filled in at the meeting."""
    ballot = file.ballot
    rows = [
        (one.person.name, one.get_post_display(), "" if one.votes is None else str(one.votes), "", "")
        for one in _by_strokes(file) if not by_committee(ballot, one)
    ]
    return Letter(title=f"{body_of(file)}选举计票单", to="", issuer="", day=None, paragraphs=(
        f"应到会有选举权的{_cell(ballot.expected)}人，实到会{_cell(ballot.present)}人；"
        f"发出选票{_cell(ballot.issued)}张，收回{_cell(ballot.collected)}张，其中无效票{_cell(ballot.invalid)}张。",
        f"监票人（签名）：{ballot.teller or ''}　　计票人（签名）：{ballot.counter or ''}",
    ), table=(("姓名", "职务", "赞成", "不赞成", "弃权"), *rows, ("（另选的人）", "", "", "", "")))


def _cell(number: int | None) -> str:
    return BLANK if number is None else str(number)


def _fewest(expected: int) -> int:
    """The smallest number of voters with whom the meeting may elect (ELE-08)."""
    return -(-expected * limit("ELE-08", "numerator") // limit("ELE-08", "denominator"))
