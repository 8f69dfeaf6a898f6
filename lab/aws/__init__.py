"""Simulated AWS: moto's server behind a thin layer of the lab's own, as one more process of a lab.

**Start**: ``rayform lab up --aws``, or ``Lab(name, Nodes.SIMULATED, aws=True).up(progress)``. Its name among the lab's
processes is ``aws``. It listens on 127.0.0.1, on a free port that the lab keeps. What it knows lives in its memory: as
long as the process, so as long as the lab. One that was killed is named by ``rayform lab status``; ``rayform lab up``
starts it again, empty, and says so.

**Use**: :func:`aws_environment` is all of the environment that AWS's SDKs need: ``AWS_ENDPOINT_URL``, credentials that
open nothing anywhere, a region, and no profile. ``engine_environment`` gives the same to Pulumi, and takes away every
other ``AWS_`` variable, so that nothing in a lab ever reaches a real account. Account 123456789012, any region.

**Answers** that moto lacks or gets wrong are the lab's own, and judged by botocore's models of the services before they
leave: an answer with a member that AWS does not know is an ``InternalFailure`` that names it. An operation that neither
has is refused as ``UnsupportedOperation``, with its name.

**Control**, at ``<endpoint>/_lab/``, JSON in and out; :class:`Control` speaks it:

- ``GET clock``, ``POST clock {"speed": 0, "advance": 600}``: time at AWS, by which what is CREATING becomes ACTIVE. It
  runs 300 times as fast as the wall's; speed 0 stands still; ``advance`` lets seconds pass at once.
- ``GET | PUT | DELETE faults``: a script of faults, a list of objects with the fields of :class:`Fault`, in force until
  the next; ``[{"rate": 0.5, "code": "ThrottlingException", "status": 400}]`` throttles half of all calls,
  ``[{"service": "eks", "operation": "CreateNodegroup", "later": true, "code": "AsgInstanceLaunchFailures", "message":
  "…"}]`` lets node groups end as CREATE_FAILED with that reason.
- ``GET calls``: how often each operation was called, and each error answered.
- ``GET journal``: every call that changed something and was not refused, in its order, with the names it gave.
- ``GET leftovers``: what is there that a new account has not, by region and kind, and what is in the control plane
  that none brings. A destroyed stack leaves ``{}``.
- ``POST token {"cluster": name, "region": name}``: a bearer token for the control plane, where an access entry of the
  cluster lets somebody do everything. Kubeconfigs of EKS ask for it by the program ``aws`` in :func:`aws_programs`.

**Clusters** are the lab's control plane: its URL and authority are what ``DescribeCluster`` says, so there is one at a
time, and a deleted one empties it. **Node groups** have instances at moto's EC2, in an Auto Scaling group; each is a
simulated node with the group's labels and taints, and the size of its type less what its user data reserves. Tags
``k8s.io/cluster-autoscaler/node-template/resources/…`` of the Auto Scaling group say what else nodes offer (MIG, time
slices, EFA), since no device plugin runs. Nodes come when ``vpc-cni`` and ``kube-proxy`` are there; add-ons whose pods
need nodes wait for them. Nobody scales from zero by itself: ``SetDesiredCapacity`` is what an autoscaler calls.
"""

from .client import Control
from .environment import AWS, ENDPOINT_FILE, aws_environment, aws_programs

__all__ = ["AWS", "ENDPOINT_FILE", "Control", "aws_environment", "aws_programs"]
