"""Looking at one new-media account: its sources, each read by an adapter of its own, become ``AccountFacts``.

Only what everybody can see, or what a unit hands in: no log-in, no private interfaces.
"""
