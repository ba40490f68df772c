"""The Dutch words of a nota as a sheet, with their values in format 1. The first word of a value is written."""

from indicators.domain.nota import TopicKind
from indicators.domain.values import Direction, Role, UnitKind

KIND_WORDS = {
    "prioriteit": TopicKind.PRIORITY.value,
    "thema": TopicKind.THEME.value,
    "VTH": TopicKind.VTH.value,
    "VTH-cyclus": TopicKind.VTH.value,
}
ROLE_WORDS = {"effect": Role.EFFECT.value, "prestatie": Role.EFFORT.value}
UNIT_WORDS = {
    "aantal": UnitKind.COUNT.value,
    "percentage": UnitKind.PERCENTAGE.value,
    "rapportcijfer": UnitKind.GRADE.value,
    "%": UnitKind.PERCENTAGE.value,
    "procent": UnitKind.PERCENTAGE.value,
    "cijfer": UnitKind.GRADE.value,
}
DIRECTION_WORDS = {
    "lager": Direction.LOWER.value,
    "hoger": Direction.HIGHER.value,
    "lager is beter": Direction.LOWER.value,
    "hoger is beter": Direction.HIGHER.value,
    "minder": Direction.LOWER.value,
    "meer": Direction.HIGHER.value,
}
# What an alternative reading changes: see indicators/domain/nota/alternatives.py.
CHANGE_WORDS = {
    "streefwaarde": "target",
    "nulmeting": "baseline",
    "jaar nulmeting": "baseline_year",
    "richting": "direction",
    "geplande jaren": "planned_years",
    "optellen": "combination",
}
YES, NO = "ja", "nee"
EVERY_YEAR = "elk jaar"
UNNAMED = "(zonder naam)"  # the only component of an indicator, where an empty cell means every component
