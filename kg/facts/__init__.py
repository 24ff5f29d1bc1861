"""What a linked document says of its things: relations and figures."""
