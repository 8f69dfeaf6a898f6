"""Images made on this machine, under the names that manifests use: Ray from wheels, programs from the toolchain."""

from .image import Image
from .programs import PAUSE, operator_image, pause_image
from .ray import RAY, ray_image

__all__ = ["PAUSE", "RAY", "Image", "operator_image", "pause_image", "ray_image"]
