"""What verdicts rest on, and what a design leaves undeclared."""
