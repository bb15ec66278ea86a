"""The room policy.checks."""
