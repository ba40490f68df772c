"""The version of the rules by which every verdict comes about.

Raise it whenever the rule table, the reading of targets or the reckoning with chance (assessment.py, targets.py,
chance.py) comes to another answer for any facts. Sealed editions say under which version they were judged, and are
judged again only under the same. A test holds the answers of each version (tests/domain/test_rules_version.py).
"""

RULES_VERSION = 1
