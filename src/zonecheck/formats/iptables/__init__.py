"""What `iptables-save` and `ip6tables-save` write, read into the model's filters."""
