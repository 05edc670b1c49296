//! What `--json` prints is what docs/json.md lists.
