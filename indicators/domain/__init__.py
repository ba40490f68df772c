"""The rules of the monitor: values, notation, targets, assessment, chance.

Standard library only. Nothing here knows Django, a database or the clock.
"""
