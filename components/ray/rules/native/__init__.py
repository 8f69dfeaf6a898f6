"""What Kubernetes itself requires of the pods that Ray objects hold templates of."""
