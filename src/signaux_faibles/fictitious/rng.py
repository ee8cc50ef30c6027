"""Repeatable draws: one independent stream for each seed, world, subject and part of the country."""

from zlib import crc32

import numpy as np


def stream(seed: int, world: str, subject: str, part: int = 0) -> np.random.Generator:
    """The generator of one subject; it does not depend on the batch, so that two batches show the same country."""
    entropy = [seed, crc32(world.encode()), crc32(subject.encode()), part]
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(entropy)))
