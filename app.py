"""The web page as a script: settings → library → page."""

from assistant.serving.server import serve
from assistant.settings import Settings

if __name__ == "__main__":
    serve(Settings(), host="127.0.0.1", port=7860, with_samples=True)
