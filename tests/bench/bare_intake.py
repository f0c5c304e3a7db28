"""Bare DuckDB: unzip an archive of data.police.uk and turn its CSVs into one Parquet file.

The least that anybody could write, with every default of DuckDB. Run by bench_intake.py.
"""

import sys
import zipfile
from pathlib import Path

import duckdb


def main(archive: Path, folder: Path) -> None:
    """Unpack into `folder` and write `folder`/street.parquet."""
    with zipfile.ZipFile(archive) as packed:
        packed.extractall(folder)
    duckdb.sql(
        f"COPY (SELECT * FROM read_csv('{folder}/*/*.csv')) TO '{folder}/street.parquet' "
        "(FORMAT parquet)"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
