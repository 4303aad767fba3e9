"""SQLite as a database backend of ours: the library that pysqlite3 bundles, in WAL with full synchronisation."""
