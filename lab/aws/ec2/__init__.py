"""What EC2 lacks in moto: placement groups, capacity reservations and blocks, and refusals to delete what is used."""
