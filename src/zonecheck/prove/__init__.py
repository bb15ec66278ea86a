"""The room prove."""
