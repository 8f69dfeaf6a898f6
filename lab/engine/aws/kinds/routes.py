"""Routes: which way traffic goes."""

import zlib
from typing import Final

from ..calls import Call, Properties, Work
from ..kind import Change, Kind, names
from .ec2 import arn, described, found, tagging

ROUTE_TABLE = Kind(
    type="aws:ec2/routeTable:RouteTable",
    service="ec2",
    id="{routeTableId}",
    required=names("vpcId"),
    outputs=names("ownerId"),
    replaces=names("vpcId"),
    create=(Call("CreateRouteTable", tagged="route-table", learns={"routeTableId": "routeTable.routeTableId"}),),
    looks=(
        described(
            "DescribeRouteTables",
            "routeTables[0].{vpcId: vpcId, ownerId: ownerId, tags: tags}",
            RouteTableIds="routeTableId",
        ),
    ),
    written=arn("route-table", "routeTableId"),
    tagging=tagging("routeTableId"),
    delete=(Call("DeleteRouteTable", only=("routeTableId",)),),
    absent=("InvalidRouteTableID.NotFound",),
)

_TARGETS: Final = ("gatewayId", "natGatewayId")
_TO: Final = ("routeTableId", "destinationCidrBlock")


def _identify(work: Work) -> dict[str, str]:
    """Gives a route, which AWS gives none, an id."""
    known = work.properties
    hashed = zlib.crc32(str(known["destinationCidrBlock"]).encode())
    known["routeId"] = f"r-{known['routeTableId']}{hashed}"
    return {"routeId": known["routeId"]}


def _the_route(known: Properties) -> str:
    destination = known.get("destinationCidrBlock")
    return (
        f"routeTables[0].routes[?destinationCidrBlock=='{destination}'] | [0].{{"
        "destinationCidrBlock: destinationCidrBlock, gatewayId: gatewayId, natGatewayId: natGatewayId,"
        " origin: origin, state: state}"
    )


ROUTE = Kind(
    type="aws:ec2/route:Route",
    service="ec2",
    id="{routeId}",
    imports="{routeTableId}_{destinationCidrBlock}",
    required=names("routeTableId"),
    optional=names("destinationCidrBlock gatewayId natGatewayId"),
    outputs=names("origin state"),
    replaces=names("routeTableId destinationCidrBlock"),
    once=True,
    create=(
        Call(
            "CreateRoute", only=(*_TO, *_TARGETS), retried=("InvalidGatewayID.NotFound", "InvalidNatGatewayID.NotFound")
        ),
    ),
    looks=(described("DescribeRouteTables", _the_route, RouteTableIds="routeTableId"), _identify),
    changes=(Change(_TARGETS, Call("ReplaceRoute", only=(*_TO, *_TARGETS))),),
    untold=names("routeTableId"),
    delete=(Call("DeleteRoute", only=_TO),),
    absent=("InvalidRoute.NotFound", "InvalidRouteTableID.NotFound"),
)

ROUTE_TABLE_ASSOCIATION = Kind(
    type="aws:ec2/routeTableAssociation:RouteTableAssociation",
    service="ec2",
    id="{associationId}",
    required=names("routeTableId"),
    optional=names("subnetId gatewayId"),
    # AWS calls it a change of the route table, and what comes of it has another id: the official provider changes it.
    replaces=names("routeTableId subnetId gatewayId"),
    once=True,
    create=(Call("AssociateRouteTable", learns={"associationId": "associationId"}),),
    looks=(
        found(
            "DescribeRouteTables",
            lambda known: f"routeTables[0].associations[?routeTableAssociationId=='{known['associationId']}'] | [0]",
            {"association.route-table-association-id": "{associationId}"},
        ),
    ),
    delete=(Call("DisassociateRouteTable", only=("associationId",)),),
    absent=("InvalidAssociationID.NotFound",),
)
