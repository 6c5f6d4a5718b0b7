"""The window: it shows what desk works out and computes nothing itself."""
