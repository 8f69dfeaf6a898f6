"""The types of resources that rayform's ground is made of, one module for each part of it."""
