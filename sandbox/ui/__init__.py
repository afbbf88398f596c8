"""The page of the sandbox: Slack as a person sees it, drawn from the workspace's own JSON."""
