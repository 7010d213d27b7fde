"""Keys, certificates and timestamps for trying things out: every one of them says THỬ NGHIỆM."""
