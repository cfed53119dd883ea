"""Claims that lean on one told before: "Vartius on Saturday", "no plans to do so", "the measure runs until May", "Salla could be next".

In: a Page, a clause and the Drafts before it. Out: Drafts, or the earlier claim that is meant. Open `gap.py` first, then `follow.py`.
"""
