"""The Pulumi program: one stack of rayform, described by its settings."""

import gc

from rayform.stacks import main

# What a program declares lives until it ends. To look through the providers' packages for what has gone, again and
# again, is a quarter of the time that the whole of `prod` takes.
gc.set_threshold(100_000)
main()
