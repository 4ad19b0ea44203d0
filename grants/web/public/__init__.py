"""Pages for anybody: programs, promises, how to reach us."""
