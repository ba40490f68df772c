"""Forms on a piece of a nota: fields that read and write the data of format 1, with findings next to their field.

A piece is a topic, an indicator or the nota itself as JSON data. A typed text is put in the data as it was typed; the
reader of the nota accepts or refuses it, and its findings lead back to the field by their path.
"""

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from indicators.actions.versions import DraftChanged, save_draft
from indicators.domain.nota import Change, Finding, read_nota
from indicators.domain.nota.findings import Path
from indicators.domain.nota.texts import TextField, TextFields
from indicators.pages.workshop.drafts import Draft
from kadernota import clock
from priorities.models import RESERVED_SLUGS

Data = dict[str, Any]
# Sentences of the reader about JSON, as sentences about a form.
SENTENCES = {
    "not-a-number": "Vul hier een heel getal in.",
    "not-text": "Vul hier een tekst in.",
    "unknown-value": "Kies een van de mogelijkheden.",
    "no-unit": "Kies een eenheid.",
    "no-direction": "Kies of hoger of lager beter is.",
    "years-order": "Schrijf elk jaar één keer, van vroeg naar laat. Laat het veld leeg voor elk jaar.",
}


class Control(Enum):
    """How a field is typed, and what its text becomes in the data."""

    LINE = "line"
    TEXT = "text"
    LIST = "list"  # an item on each line
    NUMBER = "number"
    YEARS = "years"  # separated by commas; empty for None
    CHOICE = "choice"


@dataclass(frozen=True, kw_only=True)
class FormField:
    """A field of a form: the place in the piece that it is about, its texts, its value and what is wrong with it."""

    path: Path
    label: str
    control: Control = Control.LINE
    hint: str = ""
    longest: int = 0
    required: bool = False
    optional: bool = False  # an empty text is None
    is_short: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    value: str = ""
    findings: tuple[Finding, ...] = ()

    @property
    def name(self) -> str:
        """Its name in the form: components.0.noun."""
        return ".".join(map(str, self.path))

    @property
    def id(self) -> str:
        """Its id on the page."""
        return "field-" + "-".join(map(str, self.path))

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is wrong with it, in words for a form."""
        return tuple(sentence(finding) for finding in self.findings)


@dataclass(frozen=True, kw_only=True)
class ListSpec:
    """A list of the piece whose items are forms of their own: components, focus points, breaks.

    `fields` are relative to an item, of which `blank` is a new one. A new item counts when one of `required` is typed.
    A `fixed` list can be edited, but nothing is added or removed.
    """

    name: str
    title: str
    item: str
    fields: tuple[FormField, ...]
    blank: Data
    required: tuple[str, ...]
    hint: str = ""
    lists: tuple["ListSpec", ...] = ()
    fixed: bool = False


@dataclass(frozen=True, kw_only=True)
class Spec:
    """The fields and lists of a form on a piece."""

    fields: tuple[FormField, ...] = ()
    lists: tuple[ListSpec, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Group:
    """The form of one item of a list; `name` is that of the list with the index: components.0."""

    name: str
    title: str
    fields: tuple[FormField, ...]
    lists: tuple["GroupList", ...] = ()
    is_new: bool = False
    original: str = ""

    @property
    def has_errors(self) -> bool:
        """Whether any of its fields is refused."""
        return any(field.findings for field in self.fields) or any(
            group.has_errors for items in self.lists for group in items.groups
        )


@dataclass(frozen=True, kw_only=True)
class GroupList:
    """The forms of the items of a list, with a blank one at the end."""

    name: str
    title: str
    hint: str
    groups: tuple[Group, ...]
    fixed: bool

    @property
    def count(self) -> int:
        """How many forms there are."""
        return len(self.groups)

    @property
    def last(self) -> int:
        """The place of the last item that is not new, counted from 1."""
        return sum(not group.is_new for group in self.groups)


@dataclass(frozen=True, kw_only=True)
class PieceForm:
    """A form on a piece: its fields and lists, what is wrong beside that, and the hash of what the user saw."""

    fields: tuple[FormField, ...]
    lists: tuple[GroupList, ...]
    errors: tuple[str, ...]
    seen: str

    @property
    def refused(self) -> tuple[FormField, ...]:
        """The fields that are refused, those of the lists as well."""
        return tuple(field for field in (*self.fields, *_fields_of(self.lists)) if field.findings)

    @property
    def has_errors(self) -> bool:
        """Whether anything is refused."""
        return bool(self.errors or self.refused)


def _fields_of(lists: Iterable[GroupList]) -> list[FormField]:
    found: list[FormField] = []
    for items in lists:
        for group in items.groups:
            found += [*group.fields, *_fields_of(group.lists)]
    return found


def sentence(finding: Finding) -> str:
    """Return what a finding says, in words for a form, with what was probably meant."""
    about_json = finding.code == "years-order" or "‘" in finding.sentence
    words = SENTENCES.get(finding.code, finding.sentence) if about_json else finding.sentence
    return str(replace(finding, sentence=words))


def text_fields(fields: TextFields, *, at: Path = (), hints: Mapping[str, str] | None = None) -> list[FormField]:
    """Return the fields of the texts of a part of the nota, in the order of the domain."""
    return [text_field(name, rules, at=at, hint=(hints or {}).get(name, "")) for name, rules in fields.items()]


def text_field(name: str, rules: TextField, *, at: Path = (), hint: str = "", label: str = "") -> FormField:
    """Return the field of one text."""
    control = Control.LIST if rules.is_list else Control.TEXT if rules.multiline else Control.LINE
    words = label or f"{rules.label[0].upper()}{rules.label[1:]}"
    return FormField(
        path=(*at, name), label=words, control=control, hint=hint, longest=rules.longest, required=rules.required
    )


def value_at(data: Any, path: Path) -> Any:
    """Return the value at a path, None where there is none."""
    for step in path:
        if isinstance(data, Mapping):
            data = data.get(step)
        elif isinstance(data, Sequence) and not isinstance(data, str) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def with_value(field: FormField, piece: Data) -> FormField:
    """Return the field with the text of its value in the piece."""
    value = value_at(piece, field.path)
    if value is None:
        text = ""
    elif isinstance(value, list):
        text = ("\n" if field.control is Control.LIST else ", ").join(map(str, value))
    else:
        text = str(value)
    return replace(field, value=text)


def parse(field: FormField, text: str) -> Any:
    """Return the value of a typed text; one that is no number stays a text, which the reader refuses."""
    match field.control:
        case Control.LIST:
            return [line.strip() for line in text.splitlines() if line.strip()]
        case Control.YEARS:
            items = [item.strip() for item in text.replace(";", ",").split(",") if item.strip()]
            return [_number(item) for item in items] or None
        case Control.NUMBER:
            return None if field.optional and not text.strip() else _number(text.strip())
        case Control.CHOICE:
            return None if field.optional and not text else text
    return text


def _number(text: str) -> int | str:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else text


def read_form(piece: Data, spec: Spec, post: Mapping[str, str]) -> None:
    """Put what was typed in the piece: new items, texts, removed items, another order.

    Raises DraftChanged when an item of a list is no longer the one that the user saw.
    """
    _read_lists(piece, spec.lists, post, ())
    for field in spec.fields:
        _fill(piece, field, post)
    _tidy_lists(piece, spec.lists, post, ())


def _fill(piece: Data, field: FormField, post: Mapping[str, str]) -> None:
    if field.name in post:
        *parents, last = field.path
        target = value_at(piece, tuple(parents))
        if isinstance(target, dict):
            target[last] = parse(field, post[field.name])


def _read_lists(owner: Data, specs: Iterable[ListSpec], post: Mapping[str, str], at: Path) -> None:
    for spec in specs:
        items, place = owner[spec.name], (*at, spec.name)
        number = _count(post, ".".join(map(str, place)))
        while len(items) < number and not spec.fixed:
            items.append(json.loads(json.dumps(spec.blank)))
        for index, item in enumerate(items):
            name = ".".join(map(str, (*place, index)))
            if post.get(f"{name}.original", item.get("key", "")) != item.get("key", ""):
                raise DraftChanged
            for field in spec.fields:
                if f"{name}.{field.name}" in post:
                    item[field.path[-1]] = parse(field, post[f"{name}.{field.name}"])
            _read_lists(item, spec.lists, post, (*place, index))


def _count(post: Mapping[str, str], name: str) -> int:
    """Return how many items of a list were sent."""
    text = post.get(f"{name}.count", "")
    return min(int(text), 200) if text.isascii() and text.isdigit() and len(text) < 5 else 0


def _tidy_lists(owner: Data, specs: Iterable[ListSpec], post: Mapping[str, str], at: Path) -> None:
    """Remove items that were ticked to go, and those in which nothing was typed; move one up or down."""
    for spec in specs:
        items, name = owner[spec.name], ".".join(map(str, (*at, spec.name)))
        for index, item in enumerate(items):
            _tidy_lists(item, spec.lists, post, (*at, spec.name, index))
        if spec.fixed:
            continue
        order = list(range(len(items)))
        move, _, place = post.get("move", "").partition(":")
        parent, _, number = place.rpartition(".")
        if parent == name and number.isdigit():
            index = int(number)
            other = index - 1 if move == "up" else index + 1
            if index < len(order) and 0 <= other < len(order):
                order[index], order[other] = order[other], order[index]
        items[:] = [
            items[index]
            for index in order
            if f"{name}.{index}.remove" not in post and any(items[index].get(field) for field in spec.required)
        ]


def build_form(piece: Data, spec: Spec, *, seen: str, findings: Iterable[Finding] = (), prefix: Path = ()) -> PieceForm:
    """Return the form on a piece, with the findings of the nota next to the fields that they belong to.

    `prefix` is the path of the piece in the data.
    """
    paths = [field.path for field in spec.fields] + _paths(piece, spec.lists, ())
    placed: dict[Path, tuple[Finding, ...]] = {}
    errors = []
    for finding in findings:
        place = _field_of(finding.path, prefix, paths)
        if place is None:
            errors.append(sentence(finding))
        else:
            placed[place] = (*placed.get(place, ()), finding)
    return PieceForm(
        fields=tuple(_bound(field, piece, placed) for field in spec.fields),
        lists=_groups(piece, spec.lists, (), placed),
        errors=tuple(errors),
        seen=seen,
    )


def _paths(owner: Data, specs: Iterable[ListSpec], at: Path) -> list[Path]:
    paths: list[Path] = []
    for spec in specs:
        for index, item in enumerate(owner[spec.name]):
            place = (*at, spec.name, index)
            paths += [(*place, *field.path) for field in spec.fields] + _paths(item, spec.lists, place)
    return paths


def _bound(field: FormField, piece: Data, placed: Mapping[Path, tuple[Finding, ...]]) -> FormField:
    return replace(with_value(field, piece), findings=placed.get(field.path, ()))


def _groups(
    owner: Data, specs: Iterable[ListSpec], at: Path, placed: Mapping[Path, tuple[Finding, ...]]
) -> tuple[GroupList, ...]:
    lists = []
    for spec in specs:
        items = [*owner[spec.name], *([] if spec.fixed else [spec.blank])]
        groups = []
        for index, item in enumerate(items):
            place = (*at, spec.name, index)
            fields = [
                replace(
                    with_value(field, item), path=(*place, *field.path), findings=placed.get((*place, *field.path), ())
                )
                for field in spec.fields
            ]
            is_new = index >= len(owner[spec.name])
            groups.append(
                Group(
                    name=".".join(map(str, place)),
                    title=f"Nog een {spec.item}" if is_new else f"{spec.item.capitalize()} {index + 1}",
                    fields=tuple(fields),
                    lists=() if is_new else _groups(item, spec.lists, place, placed),
                    is_new=is_new,
                    original=str(item.get("key", "")),
                )
            )
        name = ".".join(map(str, (*at, spec.name)))
        lists.append(GroupList(name=name, title=spec.title, hint=spec.hint, groups=tuple(groups), fixed=spec.fixed))
    return tuple(lists)


def _field_of(path: Path, prefix: Path, paths: Sequence[Path]) -> Path | None:
    """Return the path of the field at, above or below the path of a finding."""
    if path[: len(prefix)] != prefix:
        return None
    rest = path[len(prefix) :]
    above = [own for own in paths if rest[: len(own)] == own]
    if above:
        return max(above, key=len)
    return next((own for own in paths if rest and own[: len(rest)] == rest), None)


def only_fields(spec: Spec, names: Collection[str], *, in_lists: Mapping[str, Collection[str]] | None = None) -> Spec:
    """Return the form with these fields only; of a list that is in `in_lists` those fields, of another all or none."""
    lists = []
    for item in spec.lists:
        if item.name in names:
            lists.append(item)
        elif in_lists and item.name in in_lists:
            fields = tuple(field for field in item.fields if field.path[-1] in in_lists[item.name])
            lists.append(replace(item, fields=fields, lists=(), fixed=True))
    return Spec(fields=tuple(field for field in spec.fields if field.path[-1] in names), lists=tuple(lists))


def seen_hash(piece: Data, spec: Spec) -> str:
    """Return the hash of what a user saw of a piece: the fields of its form, so that others may edit the rest."""
    values = {field.name: value_at(piece, field.path) for field in spec.fields}
    return piece_hash([values, [piece[items.name] for items in spec.lists]])


def piece_hash(content: object) -> str:
    """Return the hash of plain data."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def save(draft: Draft, data: Data, *, by: Any, reason: str | None = None) -> list[Change]:
    """Read the data and store them as the content of the draft. Raises NotaRefused, DraftChanged, ActionRefused."""
    data["topics"] = sorted(data["topics"], key=topic_order)
    nota = read_nota(data, reserved_slugs=RESERVED_SLUGS)
    return save_draft(version=draft.version, nota=nota, by=by, now=clock.now(), seen=draft.hash, reason=reason)


KIND_ORDER = ("priority", "theme", "vth")


def topic_order(topic: Data) -> tuple[int, int]:
    """Return the place of a topic in the nota: by kind, then by number."""
    number = topic.get("number")
    kind = KIND_ORDER.index(topic["kind"]) if topic.get("kind") in KIND_ORDER else len(KIND_ORDER)
    return kind, number if isinstance(number, int) else 0
