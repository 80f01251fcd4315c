"""Invented people and places. Identity numbers carry the area 99xxxx and telephones the prefix 1540000, which nobody has."""

from __future__ import annotations

from datetime import date
from random import Random

from shanghui.kernel.codes import id_check_digit

_FAMILY = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
    "余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉萍红鹏辉健晶俊浩宇轩怡欣佳子涵梓晨雨泽思远志成建国"
    "文博嘉琪雪梅兰竹松柏青山海波云帆天翔凯旋立新永康德祥瑞"
)
_TRADES = ("餐饮", "家居", "建材", "汽配", "物流", "纺织", "机电", "电商", "印刷", "食品", "农资", "医药", "软件", "装饰")
_SCHOOLS = ("大学本科", "大专", "高中", "硕士研究生", "中专")
_POSTS = ("", "", "", "", "", "", "组织委员", "宣传委员", "纪检委员", "副书记")


def name(random: Random) -> str:
    """Two or three characters."""
    given = "".join(random.choice(_GIVEN) for _ in range(random.choice((1, 2, 2, 2))))
    return random.choice(_FAMILY) + given


def birthday(random: Random) -> date:
    """Between 1950 and 1997."""
    return date.fromordinal(random.randint(date(1950, 1, 1).toordinal(), date(1997, 12, 31).toordinal()))


def id_number(place: int, born: date) -> str:
    """A valid number; the area and the sequence make it unlike the others of the same run (to 99,000 × 1,000)."""
    first = f"99{place // 1000 % 9000 + 1000:04d}{born:%Y%m%d}{place % 1000:03d}"
    return first + id_check_digit(first)


def phone(place: int) -> str:
    """One of the ten thousand numbers of the prefix."""
    return f"1540000{place % 10_000:04d}"


def enterprise(random: Random) -> str:
    """A company of the invented city."""
    return f"云泽市{random.choice(_GIVEN)}{random.choice(_GIVEN)}{random.choice(_TRADES)}有限公司"


def trade(place: int) -> str:
    """The trade of the chamber at this place of a list."""
    return _TRADES[place % len(_TRADES)]


def place_name(place: int) -> str:
    """A place name of two characters, unlike the others up to 5,000."""
    first, second = divmod(place, len(_GIVEN))
    return _GIVEN[(first + second) % len(_GIVEN)] + _GIVEN[second]


def roster_row(number: int, branch: str, chamber: str, random: Random) -> list[str | int]:
    """One row of a roster with the twenty columns of `roster.HEADINGS`."""
    born = birthday(random)
    identity = id_number(number, born)
    joined = date(random.randint(born.year + 19, 2020), random.randint(1, 12), random.randint(1, 28))
    return [
        number + 1, branch, name(random), "男" if int(identity[16]) % 2 else "女", "汉族", f"{born:%Y.%m}",
        random.choice(_SCHOOLS), identity, f"{joined:%Y-%m-%d}", f"{joined.year + 1}-{joined:%m-%d}", "正式党员",
        random.choice(_POSTS), random.choice("否否否是"), enterprise(random), chamber, "", phone(number), "云泽市", "", "",
    ]
