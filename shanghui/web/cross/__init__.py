"""Who holds which two posts: computed from the posts, never typed (M10)."""
