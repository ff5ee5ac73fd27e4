"""What people correct, on its way into the memory: the next run knows."""
