"""The grammar of conditions, by recursive descent.

    or    := and ('or' and)*
    and   := not ('and' not)*
    not   := 'not' not | test
    test  := '(' or ')' | value ('=' | '!=' | '<' | '<=' | '>' | '>=') value
           | value 'in' (field | '(' literal (',' literal)* ')') | field 'is' ['not'] 'empty'
    value := field | literal;  field := step.name | case.name | name;  literal := 'text' | 12.5 | true | false

A bare name is a field of the form the condition stands in. A missing value is empty; every comparison with
it is false. Dates are compared as ISO text.
"""

import re
from collections.abc import Iterator
from typing import NoReturn

from core.errors import BadInput
from core.procedures.condition_terms import Both, Compare, Condition, Either, Empty, In, Literal, Name, Not
from core.procedures.problems import nearest

_TOKEN = re.compile(
    r"""\s*(?: (?P<text>'[^'\n]*'|"[^"\n]*") | (?P<number>-?[0-9]{1,15}(?:\.[0-9]{1,9})?(?![\w.]))
          | (?P<name>[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?) | (?P<sign><=|>=|!=|[=<>(),]) )""",
    re.VERBOSE,
)
_WORDS = ("and", "or", "not", "in", "is", "empty")
_LITERALS = {"true": True, "false": False}
_SIGNS = ("=", "!=", "<", "<=", ">", ">=")
_DEEPEST = 40
_LONGEST = 2000


class BadCondition(BadInput):
    """Syarat tidak terbaca: {reason}"""

    type = "syarat-tidak-terbaca"

    def __init__(self, reason: str, suggestion: str | None = None) -> None:
        self.reason = reason
        self.suggestion = suggestion
        super().__init__(reason=reason)


def parse(text: str) -> Condition:
    """The condition written in `text`.

    :raises BadCondition: it is not in the grammar.
    """
    if len(text) > _LONGEST:
        raise BadCondition(f"lebih panjang dari {_LONGEST} huruf")
    return _Parser(list(_tokens(text))).whole()


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    position = 0
    while text[position:].strip():
        match = _TOKEN.match(text, position)
        if match is None:
            raise BadCondition(f"tidak mengerti '{text[position:].strip()[:20]}'")
        position = match.end()
        kind = str(match.lastgroup)
        yield ("sign" if match[kind] in (*_WORDS, *_LITERALS) else kind), match[kind]


class _Parser:
    """Recursive descent over the tokens of one condition."""

    def __init__(self, tokens: list[tuple[str, str]]) -> None:
        self._tokens = [*tokens, ("sign", "")]
        self._at = 0
        self._depth = 0

    def whole(self) -> Condition:
        condition = self._either()
        if self._next[1] or self._next[0] != "sign":
            self._refuse("'and' atau 'or'", ("and", "or"))
        return condition

    @property
    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at]

    def _accept(self, *signs: str) -> str | None:
        kind, word = self._next
        if kind == "sign" and word in signs:
            self._at += 1
            return word
        return None

    def _expect(self, sign: str) -> None:
        if not self._accept(sign):
            self._refuse(f"'{sign}'", (sign,))

    def _refuse(self, expected: str, among: tuple[str, ...] = ()) -> NoReturn:
        word = self._next[1]
        found = f"'{word}'" if word else "akhir syarat"
        raise BadCondition(f"ada {found}, seharusnya {expected}", nearest(word, among) if word else None)

    def _either(self) -> Condition:
        condition = self._both()
        while self._accept("or"):
            condition = Either(condition, self._both())
        return condition

    def _both(self) -> Condition:
        condition = self._not()
        while self._accept("and"):
            condition = Both(condition, self._not())
        return condition

    def _not(self) -> Condition:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadCondition("bersarang terlalu dalam")
        try:
            return Not(self._not()) if self._accept("not") else self._test()
        finally:
            self._depth -= 1

    def _test(self) -> Condition:
        if self._accept("("):
            condition = self._either()
            self._expect(")")
            return condition
        left = self._side()
        if sign := self._accept(*_SIGNS):
            return Compare(sign, left, self._side())
        if self._accept("in"):
            return In(left, self._among())
        if isinstance(left, Name) and self._accept("is"):
            negated = self._accept("not")
            self._expect("empty")
            return Not(Empty(left)) if negated else Empty(left)
        return self._refuse("pembanding (= != < <= > >=, in, is empty)", ("in", "is"))

    def _side(self) -> Name | Literal:
        kind, word = self._next
        if kind == "name":
            self._at += 1
            return Name(word)
        return self._literal("isian atau nilai")

    def _literal(self, expected: str = "nilai") -> Literal:
        kind, word = self._next
        if kind == "text":
            literal = Literal(word[1:-1])
        elif kind == "number":
            literal = Literal(float(word) if "." in word else int(word))
        elif word in _LITERALS:
            literal = Literal(_LITERALS[word])
        else:
            self._refuse(expected)
        self._at += 1
        return literal

    def _among(self) -> Name | tuple[Literal, ...]:
        kind, word = self._next
        if kind == "name":
            self._at += 1
            return Name(word)
        self._expect("(")
        among = [self._literal()]
        while self._accept(","):
            among.append(self._literal())
        self._expect(")")
        return tuple(among)
