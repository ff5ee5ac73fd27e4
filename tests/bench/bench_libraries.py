"""Who reads our corpora: a job's results opened by the data libraries that an interpreter has.

    python tests/bench/bench_libraries.py RESULTS [--python OTHER/bin/python]

RESULTS are those of a job with `write: [tsv, tsv.gz, jsonl, jsonl.zst, parquet, parquet-shards, huggingface]`; the
other interpreter has pandas, polars, duckdb, datasets, pyspark, or some of them, in an environment of its own. Prints,
for each library and file, the rows and what it takes the columns for, or the error.
"""

from __future__ import annotations

import argparse
import subprocess
import sys

READ = r"""
import importlib.util, os, sys, tempfile
home = sys.argv[1].rstrip("/") + "/"
def there(name): return importlib.util.find_spec(name) is not None
def told(name, act):
    try: print(f"{name:40} {act()}", flush=True)
    except Exception as error: print(f"{name:40} FAILED {type(error).__name__}: {str(error)[:160]}", flush=True)
if there("pandas"):
    import pandas as pd
    for name in ("corpus.parquet", "corpus-shards"):
        told(f"pandas {name}", lambda: pd.read_parquet(home + name).shape)
    for name in ("corpus.tsv", "corpus.tsv.gz"):
        told(f"pandas {name}", lambda: pd.read_csv(home + name, sep="\t").shape)
    told("pandas corpus.jsonl", lambda: pd.read_json(home + "corpus.jsonl", lines=True).shape)
if there("polars"):
    import polars as pl
    for name in ("corpus.parquet", "corpus-shards/*.parquet", "huggingface/data/*.parquet"):
        told(f"polars {name}", lambda: pl.read_parquet(home + name).shape)
    for name in ("corpus.tsv", "corpus.tsv.gz"):
        told(f"polars {name}", lambda: pl.read_csv(home + name, separator="\t", quote_char=None).shape)
    told("polars corpus.jsonl", lambda: pl.read_ndjson(home + "corpus.jsonl").shape)
if there("duckdb"):
    import duckdb
    tables = ("corpus.parquet", "corpus-shards/*.parquet", "huggingface/data/*.parquet")
    for name in (*tables, "corpus.tsv", "corpus.tsv.gz", "corpus.jsonl", "corpus.jsonl.zst"):
        told(f"duckdb {name}", lambda: duckdb.sql(f"from '{home}{name}'").shape)
if there("datasets"):
    os.environ["HF_HUB_OFFLINE"] = os.environ["HF_DATASETS_OFFLINE"] = "1"
    import datasets
    datasets.disable_progress_bars()
    with tempfile.TemporaryDirectory() as cache:
        def load(*given, **named): return datasets.load_dataset(*given, cache_dir=cache, **named)
        told("datasets huggingface", lambda: load(home + "huggingface"))
        told("datasets features", lambda: load(home + "huggingface")["train"].features)
        told("datasets corpus-shards", lambda: load(home + "corpus-shards")["train"].shape)
        told("datasets corpus.parquet", lambda: load("parquet", data_files=home + "corpus.parquet")["train"].shape)
        told("datasets corpus.jsonl", lambda: load("json", data_files=home + "corpus.jsonl")["train"].shape)
if there("pyspark"):
    from pyspark.sql import SparkSession
    spark = SparkSession.builder.master("local[1]").config("spark.ui.enabled", "false")
    spark = spark.config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.host", "127.0.0.1").getOrCreate()
    for name in ("corpus.parquet", "corpus-shards", "huggingface/data"):
        told(f"spark {name}", lambda: spark.read.parquet(home + name).count())
    told("spark corpus.tsv.gz", lambda: spark.read.csv(home + "corpus.tsv.gz", sep="\t", header=True).count())
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("results")
    parser.add_argument("--python", default=sys.executable)
    given = parser.parse_args()
    raise SystemExit(subprocess.run([given.python, "-W", "ignore", "-c", READ, given.results], check=False).returncode)


if __name__ == "__main__":
    main()
