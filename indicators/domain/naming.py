"""Names of components, composed of the code or name of the indicator and the name of the component."""


def component_label(code: str, component: str) -> str:
    """Return the short name of a component: V5 absoluut, or V3 for the only component of an indicator."""
    return f"{code} {component}".strip()


def component_title(indicator: str, component: str, separator: str = ": ") -> str:
    """Return the full name of a component, after the name of its indicator: V5 Woninginbraken: absoluut."""
    return separator.join(filter(None, (indicator, component)))
