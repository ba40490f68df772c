"""The four indicator tables of the nota as printed, cell by cell; and the properties of each component."""

from indicators.domain.values import Direction, Role, Unit, UnitKind

YEARS = (2019, 2020, 2021, 2022)
PRINTED = """\
V1|1|% voelt zich wel eens onveilig in eigen buurt|Gemeente|22% *)|22%|21%|20%|<20%
V2|1|Cijfer sociale cohesie|Gemeente|6,2 *)|6,2|6,3|6,3|>6,3
V3|1|Meldingen openbare ruimte|Gemeente|4.714|4.500|<4.500|4.500|<4.500
V4|1|Totaal aantal misdrijven|Politie|6.756|6.500|<6.500|<6.500|<6.500
V5|1|Woninginbraken (absoluut en in % aantal inwoners)|Politie|565 (pm%)|500|<500|<500|<500
V6|1|Straatroof (absoluut)|Politie|17|15|<15|<15|<15
V7|1|Overvallen (absoluut)|Politie|11|10|<10|<10|<10
V8|1|Geweld (absoluut)|Politie|394|350|<350|<350|<350
V9|2|Incidenten personen met verward gedrag|Politie|576|530|480|400|350
V10|2|Incidenten personen met verward gedrag Schiphol / aanvaarde hulp|KMar|150|130|100|80|75
V11|2|Aantal opgelegde gebieds-ontzeggingen Schiphol|KMar|7|24|24|24|24
V12|2|Aantal tijdelijke huisverboden|Gemeente|16|20|20|20|20
V13|3|Misdrijven handel en vervaardigen soft- of harddrugs|Politie|18|17|<17|<17|<17
V14|3|Waarschuwingen en sluitingen woningen en lokalen soft- en harddrugs|Gemeente|\
23 keer waarschuwing en 10 keer sluitingen|30 keer waarschuwing en 15 keer sluiting|\
30 keer waarschuwing en 20 keer sluiting|30 keer waarschuwing en 25 keer sluiting|\
30 keer waarschuwing en 25 keer sluiting
V15|3|Aantal signalen die vanuit gemeente worden aangebracht bij het RIEC|Gemeente|5|12|15|15|15
V16|3|Aantal ontmantelde hennepkwekerijen|Politie|35|45|>45|>45|>45
V17|3|Aantal RIEC casussen|RIEC|9|15|20|20|20
V18|4|Incidenten terreure dreiging|Politie|0|0|0|0|0
V19|4|Meldingen CTER / ISTER Schiphol|KMar|1.177|1.000|750|<750|<750
V20|4|Aantal casussen|Gemeente|4|0 <4|0 <4|0 <4|0 <4
V21|4|Aantal crisisoefeningen Terrorisme gevolgbestrijding|VRK|7|7|7|7|7
"""
ROWS = [line.split("|") for line in PRINTED.replace("\\\n", "").splitlines()]

COUNT = Unit(UnitKind.COUNT)
HIGHER = {"V2", "V11", "V12", "V14", "V15", "V16", "V17", "V21"}
EFFORT = {"V11", "V12", "V14", "V15", "V16", "V17", "V21"}
NAMES = {"V5": ["absoluut", "% van inwoners"], "V14": ["Waarschuwingen", "Sluitingen"]}


def unit_of(code: str, component: str) -> Unit:
    """Return the unit of a component: a count, except for V1, V2 and the share of inhabitants."""
    if code == "V1":
        return Unit(UnitKind.PERCENTAGE, 0)
    if code == "V2":
        return Unit(UnitKind.GRADE, 1)
    return Unit(UnitKind.PERCENTAGE, 2) if component == "% van inwoners" else COUNT


def direction_of(code: str) -> Direction:
    """Return the direction in which a component improves."""
    return Direction.HIGHER if code in HIGHER else Direction.LOWER


def role_of(code: str) -> Role:
    """Return the role of an indicator: whether it counts the partners' own effort."""
    return Role.EFFORT if code in EFFORT else Role.EFFECT


def names_of(code: str) -> list[str]:
    """Return the names of the components; a single component has no name."""
    return NAMES.get(code, [""])
