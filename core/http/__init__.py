"""What both faces share of HTTP: a request's transaction, the door of a tenant, errors in the face that was asked."""
