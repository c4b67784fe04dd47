//! Flows on networks: nodes, links, costs and demands.
