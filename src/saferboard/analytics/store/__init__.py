"""The lake: immutable Parquet and one manifest. The only importer of duckdb and pyspark."""
