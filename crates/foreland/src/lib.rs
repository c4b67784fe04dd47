//! A what-if engine for world freight.
