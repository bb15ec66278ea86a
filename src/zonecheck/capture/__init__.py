"""What was captured: read here, compared with the topology elsewhere."""
