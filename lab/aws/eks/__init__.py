"""EKS, all of it that rayform's kind of cluster needs; moto answers nothing of it here."""
