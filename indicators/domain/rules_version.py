"""The version of the rules for verdicts.

Increase it whenever assessment.py, targets.py or chance.py gives another answer for any facts. A sealed edition
records the version and is recomputed only with that version. tests/domain/test_rules_version.py has a digest of the
answers of each version.
"""

RULES_VERSION = 1
