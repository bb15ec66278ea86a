"""What a terminal shows: one module a result or a part of one."""
