"""Getting one page politely and safely. In: an address and the card of its source. Out: the bytes as they came, or why there are none.

Open `fetch.py` first; `address.py` keeps us out of private networks, `wire.py` is the connection with its caps, `robots.py` reads what a
site asks of robots, `hosts.py` keeps pause and budget, `capture.py` writes what was fetched as WARC.
"""
