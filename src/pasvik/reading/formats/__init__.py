"""How each kind of file becomes text: plain text, HTML pages and PDF files.

In: bytes. Out: text with the spans of its headline and captions, or a Fault in one sentence. Open `../extract.py` first, then `page.py`.
"""
