"""The attacker's tests: who may reach what, what leaks, what can still be changed."""
