"""The forms of one line of the programme: an activity, an amount, or a reason to withdraw it."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from indicators.actions.recording_lines import LineEntry
from indicators.domain.euros import format_euros
from indicators.domain.programme import ActivityState, LineKind
from indicators.models import LONGEST_LINE, ProgrammeLine
from indicators.pages.fields import UNREADABLE, EurosField
from indicators.readmodel.lines import Line
from indicators.readmodel.programme import ProgrammePart
from priorities.models import Topic

EUROS_HINT = "In euro’s, zoals 50.000 of 1.204,50. Leeg als er geen bedrag is."
RESULT_HINT = (
    "In het verslag hoort hier wat ervan kwam, of waarom het vertraagd is, vervalt of niet begon. Loopt het nog, dan "
    "mag het leeg blijven."
)


def _text(name: str, label: str, *, required: str = "", **kwargs: Any) -> forms.CharField:
    longest = LONGEST_LINE[name]
    errors = {"required": required, "max_length": f"Houd dit korter dan {longest} tekens."}
    return forms.CharField(label=label, required=bool(required), max_length=longest, error_messages=errors, **kwargs)


def _euros(label: str) -> EurosField:
    return EurosField(
        label=label, help_text=EUROS_HINT, widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "euros"})
    )


def _result(label: str, hint: str) -> forms.CharField:
    return forms.CharField(label=label, help_text=hint, required=False, widget=forms.Textarea(attrs={"rows": 4}))


class LineForm(forms.Form):
    """The fields of both kinds. `seen` is the revision that the page showed; empty for a new line."""

    kind: LineKind
    seen = forms.IntegerField(required=False, min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, part: ProgrammePart, current: Line | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""
        self.part = part
        self.current = current
        if isinstance(choices := self.fields.get("effort"), forms.ChoiceField):
            here = [current.effort] if current and current.effort and current.effort not in part.approach else []
            efforts = [(effort, effort) for effort in (*part.approach, *here)]
            choices.choices = [("", "Geen van deze"), *efforts]

    def clean_result(self) -> str:
        """Normalise line ends; refuse a text that is unreadable or too long to store."""
        text: str = self.cleaned_data["result"].replace("\r\n", "\n").replace("\r", "\n")
        if UNREADABLE in text:
            raise ValidationError(f"Er staat een onleesbaar teken ({UNREADABLE}) in deze tekst. Haal het weg.")
        if (over := len(text) - LONGEST_LINE["result"]) > 0:
            raise ValidationError(f"Deze tekst is {over} tekens te lang; hoogstens {LONGEST_LINE['result']} tekens.")
        return text

    def clean(self) -> dict[str, Any]:
        """Refuse a change without the revision that the page showed."""
        cleaned = super().clean() or self.cleaned_data
        if self.current is not None and not cleaned.get("seen"):
            raise ValidationError("Het formulier was niet compleet. Open de regel opnieuw.")
        return cleaned

    def entry(self, topic: Topic, year: int) -> LineEntry:
        """Return the line as filled in; content without a field stays as it is."""
        facts = {name: value for name, value in self.cleaned_data.items() if name != "seen"}
        if self.kind is LineKind.ACTIVITY:
            facts["state"] = ActivityState(facts["state"])
        elif self.current is not None:
            facts |= {name: getattr(self.current, name) for name in ("effort", "partners", "planned")}
        return LineEntry(topic=topic, kind=self.kind, year=year, **facts)


class ActivityForm(LineForm):
    """An activity."""

    kind = LineKind.ACTIVITY
    title = _text("title", "Wat", required="Schrijf wat er wordt gedaan.")
    effort = forms.ChoiceField(
        label="Wij zetten in op",
        required=False,
        help_text="De zin uit de nota waar de activiteit bij hoort.",
        error_messages={"invalid_choice": "Kies een van de zinnen uit de lijst."},
    )
    partners = _text("partners", "Met wie")
    planned = _text("planned", "Wanneer", help_text="Bijvoorbeeld: voorjaar, hele jaar, eind oktober.")
    state = forms.ChoiceField(
        label="Stand",
        choices=[(state.value, state.word) for state in ActivityState],
        error_messages={
            "required": "Kies hoe de activiteit ervoor staat.",
            "invalid_choice": "Kies een van de standen uit de lijst.",
        },
    )
    result = _result("Resultaat", RESULT_HINT)
    budget = _euros("Begroot")
    spent = _euros("Besteed")


class AmountForm(LineForm):
    """An amount and its purpose."""

    kind = LineKind.FINANCE
    title = _text("title", "Waarvoor", required="Schrijf waarvoor het bedrag is.")
    budget = _euros("Begroot")
    spent = _euros("Besteed")
    result = _result("Toelichting", "In het verslag hoort hier een zin als het bestede bedrag ontbreekt.")


FORMS: dict[LineKind, type[LineForm]] = {LineKind.ACTIVITY: ActivityForm, LineKind.FINANCE: AmountForm}


class WithdrawForm(forms.Form):
    """The reason for withdrawing a line."""

    reason = forms.CharField(
        label="Waarom hoort deze regel er niet?",
        max_length=LONGEST_LINE["result"],
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": "Schrijf waarom deze regel er niet hoort.",
            "max_length": f"Houd de reden korter dan {LONGEST_LINE['result']} tekens.",
        },
    )
    seen = forms.IntegerField(min_value=1, max_value=2**63 - 1, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.label_suffix = ""


def initial_of(line: Line | None) -> dict[str, Any]:
    """Return the initial values for a line; for a new one its state."""
    if line is None:
        return {"state": ActivityState.PLANNED.value}
    texts = {name: getattr(line, name) for name in ("title", "effort", "partners", "planned", "result")}
    state = line.state.value if line.state else ""
    return texts | {"state": state, "budget": line.budget, "spent": line.spent, "seen": line.pk}


@dataclass(frozen=True)
class Side:
    """One field that differs from the revision of a colleague: both texts, as printed."""

    label: str
    theirs: str
    mine: str


def differences(form: LineForm, newer: ProgrammeLine) -> list[Side]:
    """Return the fields in which the revision of a colleague differs from the form."""
    names = [name for name in form.fields if name != "seen"]
    pairs = [(form.fields[name].label, getattr(newer, name), form.cleaned_data[name]) for name in names]
    return [Side(str(label), _printed(old), _printed(new)) for label, old, new in pairs if old != new]


def _printed(value: Any) -> str:
    if isinstance(value, Decimal):
        return format_euros(value)
    return str(value) if value not in (None, "") else "leeg"
