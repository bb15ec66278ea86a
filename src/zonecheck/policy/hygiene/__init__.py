"""What is wrong with rules, translations and forwarding whatever is declared (docs/hygiene.md)."""
