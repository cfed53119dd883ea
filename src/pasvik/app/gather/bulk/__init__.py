"""Reading whole web archives: files cut into shards, shards read by many workers, what they find kept once. Open `run.py` first.

`shard.py` is what a worker does with one shard; `engine.py` is who the workers are (processes here, Ray, Dask or MPI elsewhere).
"""
