"""One placeholder read: which fields it names, and in plain Chinese what cannot be used."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from jinja2 import TemplateSyntaxError, nodes

from shanghui.kernel.word_templates.fields import Field, Node
from shanghui.kernel.word_templates.language import FILTERS, LOOP, Environment

Names = dict[str, Node]
"""The names of the loops that are open: what each stands for."""
_QUOTES = str.maketrans("“”‘’", "\"\"''")
_COUNTERS: Node = {name: Field(name, name) for name in LOOP}


class Reader:
    """Reads placeholders against the known fields and remembers which were used."""

    def __init__(self, known: dict[str, Node]) -> None:
        self._known, self._environment = known, Environment()
        self._titles = {code: one.title for code, one in _codes(known)}
        self.used: set[str] = set()

    def printed(self, tag: str, names: Names) -> list[str]:
        """What is wrong with «{{ … }}»."""
        found = self._parse(tag)
        if isinstance(found, str):
            return [found]
        output = found.body[0] if found.body else None
        if not isinstance(output, nodes.Output) or len(output.nodes) != 1:
            return [_unreadable(tag)]
        return list(self._printed(output.nodes[0], names))

    def draws(self, tag: str, names: Names) -> bool:
        """Whether «{{ … }}» stands for a picture."""
        found = self._parse(tag)
        output = found.body[0] if isinstance(found, nodes.Template) and found.body else None
        one = self._found(output.nodes[0], names)[0] if isinstance(output, nodes.Output) and _path(output.nodes[0]) else None
        return isinstance(one, Field) and one.drawn

    def opened(self, tag: str, keyword: str, names: Names) -> tuple[Names, list[str]]:
        """The names that hold within a block, and what is wrong with its beginning."""
        found = self._parse(_plain(tag) + f"{{% end{keyword} %}}")
        if isinstance(found, str):
            return names, [_unreadable(tag)]
        block = found.body[0]
        if isinstance(block, nodes.If):
            return names, list(self._asked(block.test, names))
        if not isinstance(block, nodes.For) or not isinstance(block.target, nodes.Name) or block.test or block.recursive:
            return names, [f"“{tag}”写法不对，循环要写成 {{% for 一项 in 列表 %}}"]
        listed, message = self._found(block.iter, names)
        if message:
            return names | {block.target.name: {}}, [message]
        if not isinstance(listed, Field) or not listed.of:
            return names | {block.target.name: {}}, [f"“{_written(block.iter)}”不是列表，不能用在 for 里"]
        inner: dict[str, Node] = {}
        for one in listed.of:
            inner[one.code] = one
        return names | {block.target.name: inner, "loop": _COUNTERS}, []

    def asked(self, tag: str, names: Names) -> list[str]:
        """What is wrong with «{% elif … %}»."""
        found = self._parse("{% if 1 %}" + _plain(tag) + "{% endif %}")
        if isinstance(found, str):
            return [_unreadable(tag)]
        block = found.body[0]
        assert isinstance(block, nodes.If)
        return [message for one in block.elif_ for message in self._asked(one.test, names)]

    def _parse(self, tag: str) -> nodes.Template | str:
        try:
            return self._environment.parse(tag.translate(_QUOTES).replace("\n", " "))
        except (TemplateSyntaxError, RecursionError):
            return _unreadable(tag)

    def _printed(self, node: nodes.Node, names: Names) -> Iterator[str]:
        if isinstance(node, nodes.Filter) and node.name in FILTERS and node.node is not None:
            yield from self._asked(node, names)
            return
        if isinstance(node, nodes.CondExpr):
            yield from self._asked(node, names)
            return
        found, message = self._found(node, names)
        if message:
            yield message
        elif isinstance(found, dict):
            yield f"“{_written(node)}”是一组字段，不能直接写出来，请写到其中一个，如“{_written(node)}.{next(iter(found), '')}”"
        elif found is not None and found.of:
            yield f"“{_written(node)}”是列表，不能直接写出来，请用 {{% for 一项 in {_written(node)} %}}，再写其中的 {{{{ 一项.{found.of[0].code} }}}}"
        elif found is not None and found.flag:
            yield f"“{_written(node)}”只能用在 if 里"

    def _asked(self, node: nodes.Node, names: Names) -> Iterator[str]:
        """Conditions, filters and the like: the fields within them, and what is not allowed."""
        if _path(node) is not None:
            _, message = self._found(node, names)
            if message:
                yield message
        elif isinstance(node, nodes.Filter) and node.name not in FILTERS:
            yield f"“|{node.name}”不能用。可以用的有：{'、'.join(FILTERS)}"
        elif isinstance(node, nodes.Test) and node.name != "defined":
            yield f"“is {node.name}”不能用。有没有内容，直接写 {{% if 字段 %}}"
        elif isinstance(node, _ALLOWED):
            for child in node.iter_child_nodes():
                yield from self._asked(child, names)
        else:
            yield f"“{_written(node)}”这种写法不能用。模板里只能写字段，用 for 列出、用 if 判断"

    def _found(self, node: nodes.Node, names: Names) -> tuple[Node | None, str]:
        """What a path of names stands for, or why it stands for nothing."""
        path = _path(node)
        if path is None:
            messages = list(self._asked(node, names)) if not isinstance(node, nodes.Const) else []
            return None, messages[0] if messages else f"“{_written(node)}”不是字段"
        here: Node | None = names.get(path[0], self._known.get(path[0]))
        for name in path[1:]:
            here = here.get(name) if isinstance(here, dict) else None
        if here is None:
            return None, self._unknown(path, names)
        if path[0] not in names:
            self.used.add(".".join(path))
        return here, ""

    def _unknown(self, path: list[str], names: Names) -> str:
        code = ".".join(path)
        known = dict(self._titles)
        if path[0] in names:
            known = {f"{path[0]}.{one}": field.title for one, field in _codes(names[path[0]])}
        near = difflib.get_close_matches(code, [*known, *known.values()], n=1, cutoff=0.5)
        if not near:
            return f"没有“{code}”这个字段。能用的字段见“字段”页"
        right = near[0] if near[0] in known else next(one for one, title in known.items() if title == near[0])
        return f"没有“{code}”这个字段。是不是“{right}”（{known[right]}）？"


_ALLOWED = (
    nodes.Const, nodes.Not, nodes.And, nodes.Or, nodes.Compare, nodes.Operand, nodes.CondExpr, nodes.Filter, nodes.Test, nodes.Keyword,
    nodes.TemplateData,
)


def _codes(node: Node, before: str = "") -> Iterator[tuple[str, Field]]:
    if isinstance(node, Field):
        yield before, node
        return
    for name, deeper in node.items():
        yield from _codes(deeper, f"{before}.{name}" if before else name)


def _path(node: nodes.Node) -> list[str] | None:
    if isinstance(node, nodes.Name):
        return [node.name]
    if isinstance(node, nodes.Getattr):
        above = _path(node.node)
        return None if above is None else [*above, node.attr]
    return None


def _written(node: nodes.Node) -> str:
    path = _path(node)
    if path is not None:
        return ".".join(path)
    return "这一处"


def _plain(tag: str) -> str:
    """A block tag without the mark of its level."""
    for level in ("p", "tr", "tc"):
        if tag.startswith(f"{{%{level} "):
            return "{%" + tag[len(level) + 2 :]
    return tag


def _unreadable(tag: str) -> str:
    return f"“{' '.join(tag.split())}”写法不对，看不懂"
