"""The Pulumi program: one stack of rayform, described by its settings."""

from rayform.stacks import main

main()
