"""Ray objects by the thousand: legal ones, ones with one thing wrong, and mixtures of any two."""

from . import broken_clusters, broken_deletion, broken_jobs, broken_scaling, broken_services
from .draw import Draw
from .mixtures import edited, mixed
from .mutation import MUTATIONS, Mutation
from .objects import made
from .plan import CLUSTERS, Plan, planned
from .subject import Subject

__all__ = ["CLUSTERS", "MUTATIONS", "Draw", "Mutation", "Plan", "Subject", "edited", "made", "mixed", "planned"]

# Each of them registers its mutations.
_ = (broken_clusters, broken_deletion, broken_jobs, broken_scaling, broken_services)
