"""What keeps pods that need no GPU off nodes with GPUs."""

from rayform.fit.taint import Taint

__all__ = ["GPU_TAINT"]

GPU_TAINT = Taint(key="nvidia.com/gpu", value="true")
"""The taint of nodes with GPUs, which keeps pods that need none off them."""
