"""How Alembic runs here: on the connection and inside the transaction that `database` opened."""

from alembic import context

from vectorstore.schema import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
