"""What programs read: JSON, SARIF, JUnit XML and annotations of GitHub."""
