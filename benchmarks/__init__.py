"""Benchmarks: a seeded world of synthetic disclosures with known truth, and what the system does with it."""
