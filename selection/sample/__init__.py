"""The sample: invented people, producers and products, criteria and rounds, built through the actions only."""
