"""An AWS provider plugin for the engine, on simulated AWS, where the official one is not installed.

It behaves as pulumi-aws 7 documents for the types that rayform uses, by a table: what differs between the types stands
in ``kinds``; how any of them is made, looked at, changed and deleted is written once. What parameters are called and
which type they have comes from AWS's own service models. Test equipment: it refuses to talk to AWS itself.
"""
