"""Steps of the benchmarks: what runs in a process of its own, with the product loaded (``tests.support.step``)."""
