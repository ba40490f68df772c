"""Read the published figures that a shipped file has beside its nota."""

from collections.abc import Mapping
from datetime import date

from indicators.domain.nota.findings import NotaRefused
from indicators.domain.nota.json_object import Findings, JsonObject
from indicators.domain.nota.printed import read_baseline
from indicators.domain.nota.structure import Component, Nota, TakenOverFigure, TakenOverYear
from indicators.domain.nota.texts import WORD
from indicators.domain.refusals import Refusal
from indicators.domain.values import NoValue, Reason

Components = Mapping[tuple[str, str], Component]


def read_taken_over(data: object, nota: Nota) -> tuple[TakenOverYear, ...]:
    """Return the published figures in the value of the key `taken_over`. Raises NotaRefused for any other data."""
    findings = Findings()
    components = {
        (indicator.code, component.name): component
        for indicator in nota.indicators
        for component in indicator.components
    }
    item = JsonObject({"taken_over": data}, (), findings)
    years = item.children("taken_over", lambda child: _year(child, nota, components))
    if findings.refusals:
        raise NotaRefused(findings.refusals)
    return years


def _year(item: JsonObject, nota: Nota, components: Components) -> TakenOverYear:
    year, source, day = item.number("year"), item.text("source", WORD), item.text("retrieved_on", WORD)
    if year not in nota.years:
        item.refuse("year-outside", "year", f"{year} ligt buiten de periode {nota.first_year}-{nota.last_year}.")
    try:
        retrieved_on = date.fromisoformat(day)
    except ValueError:
        item.refuse("not-a-date", "retrieved_on", "Schrijf de dag als 2026-11-24.")
        retrieved_on = date.min
    figures = item.children("figures", lambda child: _figure(child, components))
    item.close()
    return TakenOverYear(year, source, retrieved_on, figures)


def _figure(item: JsonObject, components: Components) -> TakenOverFigure:
    code, name, text = item.text("indicator", WORD), item.text("component", WORD), item.text("value", WORD)
    component = components.get((code, name))
    value = None
    if component is None:
        item.refuse("component-unknown", "component", f"Indicator ‘{code}’ heeft geen onderdeel ‘{name}’.")
    else:
        try:
            value = read_baseline(text, component.unit)
        except Refusal as refusal:
            sentence = str(Refusal(refusal.typed, refusal.why))
            item.refuse("value-not-read", "value", sentence, meant=refusal.suggestion)
        else:
            if value is None:
                item.refuse("value-not-read", "value", "Hier hoort een cijfer.")
    figure = TakenOverFigure(code, name, value or NoValue(Reason.PM), item.text("note", WORD))
    item.close()
    return figure
