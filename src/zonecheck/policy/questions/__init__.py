"""Questions an engineer asks of one topology outside the checks: matrix, reach and trace."""
